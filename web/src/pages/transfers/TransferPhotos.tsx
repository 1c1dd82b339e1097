import { useLingui } from '@lingui/react/macro'
import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { api, apiUrl } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useCan, useMe } from '../../me.ts'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './TransferPage.module.css'
import { type Transfer, useTransferStep } from './useTransfers.ts'

/** Pictures of what arrived. */
export function TransferPhotos({ transfer: { id, photos, state } }: { transfer: Transfer }) {
  const { t } = useLingui()
  const step = useTransferStep()
  const adds = useCan()('transfers:receive') && state !== 'draft'
  const { viewing } = useMe()
  const [sending, setSending] = useState(false)
  const send = async (file: File | null) => {
    if (!file) return
    const body = new FormData()
    body.append('file', file)
    setSending(true)
    await step(
      api('POST /transfers/:id/photos', { params: { id }, body: body as unknown as Record<string, never> }),
      t`The photo was added.`,
    ).catch(toast.problem)
    setSending(false)
  }
  if (!adds && photos.length === 0) return null
  return (
    <Section
      title={t`Photos`}
      action={
        adds && (
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => void send(file)}>
            {(button) => (
              <Button {...button} size="xs" variant="default" loading={sending}>
                {t`Add a photo`}
              </Button>
            )}
          </FileButton>
        )
      }
    >
      <ul className={classes.photos}>
        {photos.map((photo, index) => (
          <li key={photo.id}>
            {viewing ? (
              t`Photo ${index + 1}`
            ) : (
              <Picture transferId={id} photoId={photo.id} alt={t`Photo ${index + 1}`} />
            )}{' '}
            <span className={classes.when}>
              {photo.actor} · <DateText value={photo.at} />
            </span>
          </li>
        ))}
        {photos.length === 0 && <li className={classes.under}>{t`None. PNG, JPEG or WebP, of at most 10 MB.`}</li>}
      </ul>
    </Section>
  )
}

/** The photo itself, small; a click saves it whole. */
function Picture({ transferId, photoId, alt }: { transferId: string; photoId: string; alt: string }) {
  const url = apiUrl('GET /transfers/:id/photos/:photoId', { params: { id: transferId, photoId } })
  return (
    <a href={url} download>
      <img src={url} alt={alt} loading="lazy" className={classes.photo} />
    </a>
  )
}
