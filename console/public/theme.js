// Before anything is drawn, so that nothing flashes in the other theme.
try {
  const theme = localStorage.getItem('crossdock-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the machine's own theme it is.
}
