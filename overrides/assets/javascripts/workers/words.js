// From what a reader types to the words of the pages, and from the words to the page: no browser, no messages, only text.
(() => {
  const FILLERS = new Set(
    ("a about am an and any are as at be been but by can could did do does doing for from get gets getting got had has have having " +
      "how i id if ill im in into is isnt it its ive just like many may me might mine much must my need of on or our really shall should " +
      "arent cant couldnt didnt doesnt dont hasnt havent wasnt wont wouldnt " +
      "so some someone tell than that the their them then there these they thing things this those to too us very want was we were what " +
      "whats when where which who whom why will with would you your").split(" "),
  );
  // Spelt right, and near a word of the guide that means something else.
  const ORDINARY = new Set(
    (
      "analyses auction basting beading bidding bluster blustered blusters bodices bolstered braised braises braising braking " +
      "brandying brutish budding bullying burying causality chaired chucked chucking clauses clouting coasted collage " +
      "collaring colleague communist compliant complimentary compute confessed confession conform conformed connoting " +
      "consolation consolations crashing currant curtain decodes decoding deference deportment deriving devotions distract " +
      "drowning expansive expertise exports fellows fending flailed goggle gutting hitched impassable impossibly infested " +
      "intersect latter lofting lusting massing mediation message messages messing misused moaning multiply mussing muttered " +
      "mutters notional palaces palates parsons patents patting paupers peaking pecking perking personnel petting pitting " +
      "potting prayers probable profusion proscribed protested protests punched registrar roaches ruining sacred sciences " +
      "secession severer sheared signatory singing slapped slopped smocking smoothing socking spacial spiriting squarer " +
      "stooped stooping stranger strangest stricture stringer studios stuffiness suction summery sureness tacking taping " +
      "thorough tilling tolling trails tricking trucking unintended unsuitable untied waiters warding warring witches " +
      "withdrew worriers " +
      "commissioned defecates dialyses emergence feinted irrigation medication medications persona sciences simulation"
    ).split(" "),
  );
  const SECTIONS = 5; // of one page, the best; more are no help to a tired reader, and make every result come later
  const ENDINGS = /(?:iness|nesses|ness|lessness|less|ations|ation|ings|ing|ions|ion|ies|ied|ed|es|s|ly|y|e)$/;

  const plain = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").replace(/&[a-z#0-9]+;/g, " ");
  const tokens = (text) => plain(text).match(/[a-z0-9]+/g) ?? [];
  const bare = (html) => html.replace(/<[^>]*>/g, " ");

  // American and British spellings fall together.
  const folded = (word) =>
    word.replace(/ae|oe/g, "e").replace(/our(?=$|[a-z])/g, "or").replace(/ys(?=e|i)/g, "yz").replace(/is(?=e|i|ation)/g, "iz")
      .replace(/ll/g, "l").replace(/ogue$/, "og").replace(/tre$/, "ter").replace(/ence$/, "ense");

  // needle, needles, needling -> needl
  function root(word) {
    const fold = folded(word);
    const cut = fold.replace(ENDINGS, "");
    return (cut.length >= 4 || (cut.length === 3 && /(?:e?s|e)$/.test(fold)) ? cut : fold).replace(/(.)\1$/, "$1");
  }

  const single = (word) => word.replace(/(.)\1+/g, "$1"); // doubled letters as one
  const bones = (word) => single(word.replace(/(?!^)[aeiouy]/g, "").replace(/ph/g, "f").replace(/ck|q/g, "k").replace(/c(?![h])/g, "s"));

  // How many letters were added, left out, changed or swapped; `most` + 1 where there are more.
  function slips(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [older, old, now] = [[], Array.from({ length: other.length + 1 }, (_, place) => place), []];
    for (let i = 1; i <= one.length; i++) {
      now = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        now[j] = Math.min(old[j] + 1, now[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) now[j] = Math.min(now[j], older[j - 2] + 1);
      }
      [older, old] = [old, now];
    }
    return old[other.length];
  }

  self.guideFinder = ({ docs, names, same, misspelt }) => {
    const known = new Map(); // word -> how often
    const roots = new Map(); // root -> its words
    const phrases = new Map(); // page -> the roots of each of its names
    const spread = new Map(); // root -> the pages that have it
    const add = (map, key, value) => map.set(key, (map.get(key) ?? new Set()).add(value));
    const learn = (word) => {
      known.set(word, (known.get(word) ?? 0) + 1);
      add(roots, root(word), word);
    };

    for (const doc of docs) {
      const page = doc.location.split("#")[0];
      const all = names[doc.location] ?? [];
      if (page === doc.location) phrases.set(page, [doc.title, ...all].map((name) => new Set(content(tokens(bare(name))).map(root))));
      const weighs = (doc.boost ?? 1) >= 1; // a list of sources is full of authors' names, which are no words
      for (const word of tokens(bare(`${doc.title} ${weighs ? doc.text : ""} ${all.join(" ")}`))) {
        if (word.length > 1) learn(word);
        add(spread, root(word), page);
      }
    }
    // A word of one page tells more than a word of all.
    const weight = (one) => 0.3 + Math.log(Math.max(1, phrases.size / (spread.get(one)?.size ?? 1)));

    function content(words) {
      const left = words.filter((word) => !FILLERS.has(word));
      return left.length ? left : words;
    }

    // The known word nearest to one that no page has, and whether it is near certain. Many a word that no page has is spelt
    // right (wife, message, concussion): a near word takes its place only where the reader has the same consonants, or two
    // letters swapped. Any other is offered. Short words have too many neighbours for either.
    function meant(word) {
      const most = word.length < 5 || ORDINARY.has(word) ? 0 : word.length < 8 ? 1 : 2;
      let [best, least] = ["", Infinity];
      for (const [other, often] of known) {
        const count = slips(word, other, most);
        if (!most || count > most || other.length < 4 || (count > 1 && other[0] !== word[0])) continue;
        const cost = count + (other[0] === word[0] ? 0 : 0.5) - (bones(word) === bones(other) ? 0.25 : 0) - Math.min(often, 400) / 1000;
        if (cost < least) [best, least] = [other, cost];
      }
      return { right: best, sure: isSure(word, best) };
    }

    function isSure(word, other) {
      if (word[0] !== other[0] || word.length < 6) return false;
      if (single(word) === single(other)) return true;
      const count = slips(word, other, 2);
      const swapped = count === 1 && [...word].sort().join() === [...other].sort().join();
      return swapped || (count === 1 && word.length > 9) || (word.length > 6 && bones(word) === bones(other) && count <= (word.length > 8 ? 2 : 1));
    }

    // Phrases that stand for others, at word boundaries, the longest first.
    function replaced(text, pairs, note) {
      let padded = ` ${text} `;
      for (const [from, to] of pairs) {
        if (!padded.includes(` ${from} `)) continue;
        padded = padded.replaceAll(` ${from} `, ` ${to} `);
        note?.([from, to]);
      }
      return padded.trim();
    }
    const flat = (text) => tokens(text).join(" ");
    const longestFirst = (pairs) => pairs.sort(([one], [other]) => other.length - one.length);
    const wrong = longestFirst(Object.entries(misspelt).map(([from, to]) => [flat(from), flat(to)]));
    // Another name of a thing is put in its own word's place only where no page uses that name.
    const other = longestFirst(
      same.flatMap(([term, ...more]) => more.map((name) => [flat(name), flat(term)])).filter(([name]) => tokens(name).some((word) => !roots.has(root(word)))),
    );

    function plan(typed) {
      const changed = [];
      const unknown = [];
      const offered = [];
      const words = [];
      const said = replaced(replaced(flat(typed), wrong, (pair) => changed.push(pair)), other);
      const all = content(said ? said.split(" ") : []);
      all.forEach((word, place) => {
        const last = place === all.length - 1 && !/\s$/.test(typed);
        const begun = last && word.length > 1 && !known.has(word) ? [...known.keys()].filter((one) => one.startsWith(word)) : [];
        if (roots.has(root(word)) || begun.length) return words.push([word, new Set([...(roots.get(root(word)) ?? []), ...begun])]);
        const begunWrong = last && word.length > 4 && wrong.find(([from]) => from.startsWith(word));
        const { right, sure } = begunWrong ? { right: begunWrong[1].split(" ")[0], sure: true } : meant(word);
        if (!sure || !roots.has(root(right))) {
          if (right) offered.push([word, right]);
          return unknown.push(word);
        }
        changed.push([word, right]);
        words.push([right, roots.get(root(right))]);
      });
      const query = words.flatMap(([, forms]) => [...forms].slice(0, 8).map((form) => `${form}^1`)).join(" ");
      return { query, words: words.map(([word, forms]) => new Set([root(word), ...[...forms].slice(0, 8).map(root)])), unknown, changed, offered };
    }

    // How well a page's names fit the words, from 0 to 1: the weight of what both have, out of the weight of all.
    function fit(page, words) {
      const whole = words.reduce((sum, forms) => sum + Math.min(...[...forms].map(weight)), 0);
      return Math.max(0, ...(phrases.get(page) ?? []).map((name) => {
        const both = words.filter((forms) => [...forms].some((form) => name.has(form)));
        const shared = both.reduce((sum, forms) => sum + Math.min(...[...forms].filter((form) => name.has(form)).map(weight)), 0);
        return (2 * shared) / (whole + [...name].reduce((sum, one) => sum + weight(one), 0));
      }));
    }

    // The page and its best sections, in their order.
    const best = (group) => {
      const sections = group.filter(({ location }) => location.includes("#")).slice(0, SECTIONS);
      return group.filter((item) => sections.includes(item) || !item.location.includes("#"));
    };

    function rank(groups, { words }) {
      const most = Math.max(1e-9, ...groups.map((group) => group[0].score));
      const scored = groups.map((group) => {
        const page = group[0].location.split("#")[0];
        return { group, score: fit(page, words) + 0.5 * (group[0].score / most) };
      });
      scored.sort((one, two) => two.score - one.score);
      return scored.map(({ group }) => best(group).map((item) => ({
        ...item, names: undefined, // a page says nothing of a word that it lacks
        terms: Object.fromEntries(Object.entries(item.terms).filter(([, found]) => found)),
      })));
    }

    const indexed = docs.map((doc) => (names[doc.location] ? { ...doc, names: names[doc.location].join(" | ") } : doc));
    return { docs: indexed, plan, rank };
  };
})();
