/** What is going on today, in one look. */
function Today() {
  return <main className="page">Today</main>;
}

// biome-ignore lint/style/noDefaultExport: what is loaded when it is visited has to be the default.
export default Today;
