"""The print room: page records in, PDF sheets out (``room``).

In the order of work: ``article`` makes a page ready for paper, ``source`` (with ``inline``, ``lists``,
``tables``, ``boxes``, ``pictures``, ``routes``) writes it down as Typst, ``bind`` makes editions of the
pages. ``floor`` prints them: what ``keep`` does not have becomes ``orders``, which ``crew`` gives to a ``worker`` or two:
``compile`` makes the PDF, ``mend`` describes its links, ``loss`` reads it back; ``merge`` puts finished PDFs together (by
their ``trees``), ``numbers`` puts in page numbers, and ``cut`` puts the pages on another paper. ``board`` knows what waits
for what, ``pagination`` where each part begins. ``stamp`` puts in the date, last.
``template.typ`` is the look.

A worker, which is a process of its own, loads no more than it needs: nothing is loaded here.
"""
