/** Where to go after the sign-in: an address of this app, whatever the link said; else its beginning. */
export const localPath = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) ? next : '/'
