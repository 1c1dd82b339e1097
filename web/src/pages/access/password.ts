import { useLingui } from '@lingui/react/macro'

const shortest = 10

/** What a new password must be: long. Nothing about special characters, which only make it harder to remember. */
export function usePasswordRules() {
  const { t } = useLingui()
  return {
    help: t`At least ${shortest} characters; a few words in a row are fine.`,
    rules: { minLength: { value: shortest, message: t`Use at least ${shortest} characters.` } },
  }
}
