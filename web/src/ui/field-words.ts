import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What the server says of one field, and how the page says it in the reader's language. */
const sentences: [said: RegExp, words: (...parts: string[]) => MessageDescriptor][] = [
  [/^must not be blank$/, () => msg`Fill this in.`],
  [/fewer than 1 characters$/, () => msg`Fill this in.`],
  [/fewer than (\d+) characters$/, (least) => msg`Write ${least} characters or more.`],
  [/more than (\d+) characters$/, (most) => msg`Write ${most} characters or fewer.`],
  [/fewer than (\d+) items$/, (least) => msg`Choose ${least} or more.`],
  [/more than (\d+) items$/, (most) => msg`Choose ${most} or fewer.`],
  [/^must be >= (-?\d+)$/, (least) => msg`It must be ${least} or more.`],
  [/^must be <= (-?\d+)$/, (most) => msg`It must be ${most} or less.`],
  [/format "email"$/, () => msg`Write an e-mail address, such as name@example.com.`],
  [/format "date"$/, () => msg`Choose a day.`],
  [/^must match pattern/, () => msg`Some characters do not belong here.`],
  [/^must be equal to one of/, () => msg`Choose one of the list.`],
  [/^must be after today/, () => msg`Choose a day after today.`],
  [/later than tomorrow$/, () => msg`Choose tomorrow or an earlier day.`],
  [/^stands there twice$/, () => msg`It was sent twice. Reload the page and try again.`],
  [/^is not a time zone/, () => msg`This is not a time zone, such as Europe/Paris.`],
  [/^is not a currency/, () => msg`This is not a currency: write its three letters, such as EUR.`],
  [/^is not a role of/, () => msg`This role does not exist here.`],
  [/^allows more than you may/, () => msg`This role allows more than you may do yourself.`],
  [/names its company$/, () => msg`Choose the company.`],
  [/is not a network/, () => msg`Write networks such as 203.0.113.0/24, one a line.`],
  [/^needs at least one/, () => msg`Choose at least one.`],
  [
    /reaches further than what you|what you have no access to/,
    () => msg`This reaches further than what you have access to yourself.`,
  ],
  [/made of your name or address/, () => msg`It is made of your name or address: choose other words.`],
  [/everybody tries first/, () => msg`It is one of those that everybody tries first: choose other words.`],
  [/guessed too easily/, () => msg`It is guessed too easily: make it longer, a few words that do not belong together.`],
  [/^is not your password/, () => msg`This is not your password.`],
  [/^is not right, or was used/, () => msg`This code is not right, or was used already.`],
  [/^is your address already/, () => msg`This is your address already.`],
  [/^is before the first day/, () => msg`It is before the first day.`],
  [/^is over already/, () => msg`This day has passed.`],
  [/^must be a day to come/, () => msg`Choose a day to come.`],
  [/^says what you need/, () => msg`Say what you need.`],
  [/^give an e-mail address, a phone/, () => msg`Give an e-mail address, a phone number or a name.`],
  [
    /^is a host name alone/,
    () => msg`Write the host name alone, such as portal.example.com, without https://, port or path.`,
  ],
  [/not an address of numbers$/, () => msg`Write a host name, not an address of numbers.`],
  [/not a wildcard$/, () => msg`Write one host name, without *.`],
  [/^is not a host name/, () => msg`This is not a host name, such as portal.example.com.`],
  [/not in public DNS$/, () => msg`Public DNS knows no names that end so.`],
  [
    /^has a part that reads like another name: “(.*)”/,
    (part) => msg`“${part}” mixes alphabets or imitates Latin letters: it reads like another name.`,
  ],
  [/^belongs to the server itself/, () => msg`This name is the server’s own. Choose one of your own domain.`],
  [/^is taken/, () => msg`This is taken already.`],
  [/^There is a role of this name/, () => msg`There is a role of this name already.`],
  [/^holds more than (\d+) people/, (most) => msg`Write ${most} people or fewer.`],
  [/^must not be more than (\d+)$/, (most) => msg`It must be ${most} or less.`],
  [/^must not be more than the line costs/, () => msg`It must not be more than the line costs.`],
  [/^must not be less than the discount/, () => msg`It must not be less than the discount of the line.`],
  [/^must not be less than the (\d+) that/, (left) => msg`Of these, ${left} have left: it must be as many or more.`],
  [/^needs at least one/, () => msg`Choose at least one.`],
  [/^is for people who fulfill orders/, () => msg`This is for people who fulfill orders.`],
  [/^changes nothing/, () => msg`It stands there already: change something first.`],
  [/^is not an active supplier/, () => msg`Choose an active supplier.`],
  [/^is not another active administrator/, () => msg`Choose an active administrator without end date or limits.`],
  [/^is required/, () => msg`Fill this in.`],
  [/^is not a product of this owner/, () => msg`None of the owner’s products has this SKU.`],
  [/^stands here twice/, () => msg`It stands here twice: keep one.`],
  [/^is not one of your warehouses/, () => msg`Choose one of your warehouses.`],
  [/still waited for: (\d+)$/, (most) => msg`Only ${most} are still waited for: the host takes in what is more.`],
  [/has a password here already/, () => msg`This address has a password here already: enter that one.`],
]

/** The server's sentence about a field as the page says it; one it does not know stays as it came. */
export function fieldWords(said: string): MessageDescriptor | string {
  for (const [pattern, words] of sentences) {
    const match = pattern.exec(said)
    if (match) return words(...match.slice(1))
  }
  return said
}
