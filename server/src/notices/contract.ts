import { byId, contract, Instant, Nullable, OneOf, Type } from '#kernel/endpoint.ts'

export const outboxStates = ['pending', 'sending', 'done', 'refused', 'unknown', 'dead'] as const

export const noticesContract = contract({
  listOutbox: {
    method: 'GET',
    path: '/outbox',
    allow: 'outbox:read',
    summary: 'What is owed to the outside, newest first',
    response: Type.Object({
      /** Whether mails are sent by SMTP; if not, links are revealed here. */
      smtp: Type.Boolean(),
      items: Type.Array(
        Type.Object({
          id: Type.String(),
          template: Type.String(),
          recipient: Type.String(),
          state: OneOf(outboxStates),
          attempts: Type.Integer(),
          /** What the mail server said; or 'replaced' by a newer mail, or 'gone': what it was about is over. */
          lastError: Type.String(),
          createdAt: Instant,
          createdBy: Type.String(),
          /** When SMTP took it; a link handed over by hand has `revealedAt` alone. */
          sentAt: Nullable(Instant),
          revealedAt: Nullable(Instant),
          revealedBy: Nullable(Type.String()),
        }),
      ),
    }),
  },
  revealLink: {
    method: 'POST',
    path: '/outbox/:id/reveal',
    allow: 'outbox:reveal',
    summary: 'Show a fresh link of a mail that nobody sends; the earlier one dies, and it is recorded',
    params: byId,
    response: Type.Object({ link: Type.String() }),
    keepAnswer: false,
    refuses: ['wrong_state'],
  },
  retryMail: {
    method: 'POST',
    path: '/outbox/:id/retry',
    allow: 'outbox:reveal',
    summary: 'Try to send again now',
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
})
