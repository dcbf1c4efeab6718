"""What people and scripts ask for: ``install``, ``build``, ``new``, ``bench``. Each module has one ``run``."""
