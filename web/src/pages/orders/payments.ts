import { msg } from '@lingui/core/macro'

export const paymentWords = {
  unpaid: msg`Not paid`,
  payable: msg`To be paid later`,
  paid: msg`Paid`,
}
