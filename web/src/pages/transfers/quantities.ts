/** Whether a text is a whole number from `least` to a million, as quantities are. */
export const wholeNumber = (text: string, least: 0 | 1): boolean =>
  /^\d{1,7}$/.test(text.trim()) && Number(text) >= least && Number(text) <= 1_000_000
