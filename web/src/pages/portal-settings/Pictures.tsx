import { Trans, useLingui } from '@lingui/react/macro'
import { Button, FileButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { ProblemNote } from '../../ui/states.tsx'
import classes from './portal-settings.module.css'
import { type Brand, brandQuery, type PictureKind } from './portal-settings.ts'

/** Logos and icon: each is kept as soon as it is chosen. */
export function Pictures({ brand }: { brand: Brand }) {
  const { t } = useLingui()
  return (
    <>
      <p className={classes.quiet}>
        <Trans>PNG, JPEG or WebP, of at most 256 kB and 2,000 × 2,000 pixels. The first is also printed.</Trans>
      </p>
      <div className={classes.pictures}>
        <Picture brand={brand} kind="logo-light" name={t`Logo on light pages`} />
        <Picture brand={brand} kind="logo-dark" name={t`Logo on dark pages`} />
        <Picture brand={brand} kind="favicon" name={t`Icon in the browser's tab`} />
      </div>
    </>
  )
}

function Picture({ brand, kind, name }: { brand: Brand; kind: PictureKind; name: string }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const hash = brand.images[kind]
  const onSuccess = (now: Brand) => client.setQueryData(brandQuery.queryKey, now)
  const keep = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('kind', kind)
      form.append('file', file)
      return api('POST /portal-brand/images', { body: form as never })
    },
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: () => api('DELETE /portal-brand/images/:kind', { params: { kind } }),
    onSuccess,
  })
  return (
    <div className={classes.picture}>
      <span>{name}</span>
      <span className={classes.shown} data-kind={kind}>
        {hash ? <img src={`${brand.base}/portal-images/${hash}`} alt={name} /> : <small>{t`None`}</small>}
      </span>
      <span className={classes.acts}>
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && keep.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={keep.isPending} aria-label={t`Choose: ${name}`}>
              {t`Choose`}
            </Button>
          )}
        </FileButton>
        {hash && (
          <Button
            variant="default"
            loading={remove.isPending}
            aria-label={t`Remove: ${name}`}
            onClick={() => remove.mutate()}
          >{t`Remove`}</Button>
        )}
      </span>
      {(keep.error ?? remove.error) !== null && <ProblemNote problem={keep.error ?? remove.error} />}
    </div>
  )
}
