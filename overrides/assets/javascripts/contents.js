// Moves the list of contents at the side to what is being read at once. Material 9.8.1 lets it glide, and a Chromium drops each
// jump of the page that a reader asks for meanwhile: a link into a long page then leads nowhere.
(() => {
  const frame = document.querySelector(".md-sidebar--secondary .md-sidebar__scrollwrap");
  if (frame) frame.scrollTo = ({ top }) => (frame.scrollTop = top);
})();
