// Runs before the first paint, from a file of its own because the content security policy refuses inline scripts:
// the page must not flash white in dark mode, nor change its row height once the application is up.
;(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(`crossdock.${key}`)
    } catch {
      return null
    }
  }
  const root = document.documentElement
  const theme = read('theme')
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.setAttribute('data-density', read('density') === 'compact' ? 'compact' : 'comfortable')
  root.setAttribute('data-sidebar', read('sidebar') === 'folded' ? 'folded' : 'open')
})()
