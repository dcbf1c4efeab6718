// Stands before Material's search worker: holds the index until somebody searches, turns what a reader types into words
// that the pages use, and puts the page that the query names first. Names and misspellings stay in here: none is shown.
// Messages are Material 9.8.1's: 0 setup, 1 ready, 2 query, 3 result.
(() => {
  // In a browser frame (a copy opened from a disk) there is a document; in a true worker there is none.
  const here = typeof document === "undefined" ? location.href : document.currentScript.src;
  const send = self.postMessage.bind(self);
  const ours = new WeakSet();
  const plans = [];
  let finder;

  function pass(data) {
    const event = new MessageEvent("message", { data });
    ours.add(event);
    self.dispatchEvent(event);
  }

  async function setUp({ config, docs, options }) {
    const address = (path) => new URL(path, here).href;
    // A live preview has the whole index in the page's own message, and no names.
    const files = docs.length ? [] : [address("../../../search/index.js")];
    await importScripts(address("words.js"), address(here.match(/stock=([\w.-]+?\.js)/)[1]), ...files);
    const given = docs.length ? { docs, names: {}, same: [], misspelt: {} } : self.guideIndex;
    finder = self.guideFinder(given);
    const fields = { title: { boost: 12 }, text: { boost: 1 }, names: { boost: 12 } };
    pass({ type: 0, data: { config: { ...config, fields }, docs: finder.docs, options } });
  }

  self.addEventListener("message", (event) => {
    if (ours.has(event) || event.data?.type === undefined) return;
    event.stopImmediatePropagation();
    const { type, data } = event.data;
    if (type === 0) setUp(data);
    if (type !== 2) return;
    const plan = finder.plan(data);
    plans.push(plan);
    pass({ type: 2, data: plan.query });
  });

  self.postMessage = (message) => {
    if (message.type !== 3) return send(message);
    const plan = plans.shift();
    const { changed, unknown, offered } = plan;
    send({ type: 3, data: { items: finder.rank(message.data.items, plan), changed, unknown, offered } });
  };
})();
