import { describe, expect, it } from 'vitest'
import { accounts, memberOf } from '../server/src/testing/cast.ts'
import { queueJob } from '../server/src/testing/queue.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('jobs in the browser', () => {
  const story = useStory()
  const become = (id: string, change: string) => story.owner.query(`update jobs.jobs set ${change} where id = $1`, [id])

  it('says how each stands, tries again what was set aside, and stops what is waiting', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/jobs')
    await page.getByText('Nothing has run yet').waitFor()
    await expectAccessible(page, 'no jobs')
    await picture(page, 'jobs-none')

    // Kinds that this world's worker does not know wait for a worker that does.
    const waiting = await queueJob(story, 'F1', 'waiting')
    const aside = await queueJob(story, 'A1', 'intake.run')
    await become(
      aside,
      `state = 'set_aside', attempts = 3, started_at = now() - interval '2 minutes', finished_at = now(),
      done = 4500, total = 12000, error = '{"code": "internal"}'`,
    )
    const running = await queueJob(story, 'C1', 'automation.run')
    await become(
      running,
      `state = 'running', worker_id = (select id from jobs.workers), leased_at = now() + interval '1 hour',
      attempts = 1, started_at = now() - interval '20 seconds', done = 250, total = 830`,
    )
    const gone = await queueJob(story, 'F1', 'intake.check')
    await become(
      gone,
      `state = 'failed', attempts = 1, finished_at = now(), started_at = now(), error = '{"code": "owner_gone", "detail": "x"}'`,
    )

    await page.goto('/settings/jobs')
    const row = (name: RegExp) => page.getByRole('row', { name })
    await row(/Import of a file/)
      .getByText('Set aside')
      .waitFor()
    await row(/Rules for all open orders/)
      .getByText('250 of 830')
      .waitFor()
    await row(/Check of a file/)
      .getByText('may not sign in any more')
      .waitFor()
    await expectAccessible(page, 'jobs')
    await picture(page, 'jobs')

    // What changes meanwhile is seen without a reload.
    await become(running, 'done = 500')
    await row(/Rules for all open orders/)
      .getByText('500 of 830')
      .waitFor()

    await row(/Import of a file/).click()
    const panel = page.getByRole('region', { name: 'Import of a file' })
    await panel.getByText('An unexpected fault stopped it').waitFor()
    await expectAccessible(page, 'a job set aside')
    await picture(page, 'jobs-set-aside')
    await become(aside, "kind = 'waiting'")
    await panel.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('The job is tried again.').waitFor()
    expect((await story.owner.query('select state, tries from jobs.jobs where id = $1', [aside])).rows[0]).toEqual({
      state: 'queued',
      tries: 0,
    })

    await page.goto(`/settings/jobs?open=${waiting}`)
    await page.getByRole('button', { name: 'Stop it' }).click()
    await picture(page, 'jobs-stop')
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
    await page.getByText('The job is stopped.').waitFor()
    await page.goto('/settings/jobs?state=cancelled')
    await page
      .getByRole('row', { name: /waiting/ })
      .getByText('Stopped')
      .waitFor()
    await page.getByLabel('State').selectOption('done')
    await page.getByText('No job is in this state').waitFor()
    await picture(page, 'jobs-no-match')
  })

  it('shows customer service its own alone, in French, in the dark, on a phone', async () => {
    const page = await story.visitAs('C1', { ...phone, colorScheme: 'dark', locale: 'fr-FR' })
    await story.owner.query(
      "update identity.users set locale = 'fr' where id = (select user_id from access.members where id = $1)",
      [memberOf('C1')],
    )
    await page.goto('/settings/jobs')
    await page.getByRole('row', { name: /Règles pour toutes les commandes ouvertes/ }).waitFor()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await expectAccessible(page, 'jobs on a phone')
    await picture(page, 'jobs-phone-dark')
    await page.getByRole('row', { name: /Règles pour/ }).click()
    await page.getByRole('button', { name: 'Arrêter' }).waitFor()
    await expectAccessible(page, 'a job on a phone')
    await picture(page, 'jobs-phone-panel')
    await page.goto(`/settings/jobs?open=${accounts.two.id}`)
    await page.getByRole('row', { name: /Règles pour/ }).waitFor()
  })

  it('says what failed, and there is no such page for a supplier', async () => {
    const page = await story.visitAs('A1')
    await page.route('**/api/v1/jobs?*', (route) => route.fulfill({ status: 500, body: '{}' }))
    await page.goto('/settings/jobs')
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await expectAccessible(page, 'jobs that do not load')
    await picture(page, 'jobs-error')
    const supplier = await story.visitAs('S1')
    await supplier.goto('/settings/jobs')
    await supplier.getByText('There is nothing here for you to see').waitFor()
  })
})
