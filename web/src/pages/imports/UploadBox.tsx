import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Loader, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, api, apiUrl } from '../../api.ts'
import { useCan, useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { FileProblem } from './FileProblem.tsx'
import classes from './Imports.module.css'
import type { ImportKind } from './useImport.ts'
import { kindWords } from './words.ts'

/** Takes a file by click, drop or paste, and goes on to matching its columns. */
export function UploadBox() {
  const { t, i18n } = useLingui()
  const can = useCan()
  const navigate = useNavigate()
  const ofHouse = useMe().audience === 'staff'
  const kinds: ImportKind[] = [
    ...(can('orders:import') ? (['orders'] as const) : []),
    ...(can('products:import') && (!ofHouse || can('products:edit')) ? (['products'] as const) : []),
  ]
  const [kind, setKind] = useState<ImportKind>(kinds[0] ?? 'orders')
  const [over, setOver] = useState(false)
  const stop = useRef<AbortController>(undefined)
  const upload = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > largestFile) throw tooBig(file.size)
      stop.current = new AbortController()
      const form = new FormData()
      form.append('kind', kind)
      form.append('file', file)
      return await api('POST /imports', { body: form as never, signal: stop.current.signal })
    },
    onSuccess: (draft) => void navigate(paths.import(draft.id, draft.exact ? 'check' : 'match')),
  })
  const take = (file: File | undefined) => file && !upload.isPending && upload.mutate(file)
  usePastedFile(take)
  const stopped = upload.error instanceof DOMException
  return (
    <div className={classes.upload}>
      <div className={classes.kinds}>
        {kinds.length > 1 && (
          <SegmentedControl
            aria-label={t`What the file holds`}
            value={kind}
            onChange={(value) => setKind(value as ImportKind)}
            data={kinds.map((value) => ({ value, label: i18n._(kindWords[value]) }))}
          />
        )}
        <a href={apiUrl('GET /imports/template', { query: { kind, language: i18n.locale } })} download>
          {kind === 'orders' ? t`Template for orders (CSV)` : t`Template for products (CSV)`}
        </a>
      </div>
      {upload.isError && !stopped && <FileProblem problem={upload.error} />}
      {upload.isPending ? (
        <div className={classes.box} role="status">
          <Loader size="sm" />
          <span>{t`${upload.variables.name} is on its way …`}</span>
          <Button variant="default" onClick={() => stop.current?.abort()}>{t`Stop`}</Button>
        </div>
      ) : (
        <label
          className={classes.box}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            take(event.dataTransfer.files[0])
          }}
        >
          <Icon name="imports" size={20} />
          <span>
            <Trans>
              <strong>Choose a CSV file</strong>, drop it here or paste it
            </Trans>
          </span>
          <span className={classes.quiet}>
            {t`Up to 2 GB and 5 million rows. Of a spreadsheet, save the sheet as “CSV UTF-8”. Any headings, any language: you match the columns next.`}
          </span>
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            className="visually-hidden"
            onChange={(event) => {
              take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </label>
      )}
    </div>
  )
}

const largestFile = 2_000_000_000

/** Said before two gigabytes are sent in vain. */
const tooBig = (size: number) =>
  new ApiProblem(413, { code: 'too_large', reason: 'file_too_big', params: { size, limit: largestFile } })

/** A file, or cells copied from a spreadsheet, pasted anywhere on the page but in a field. */
function usePastedFile(take: (file: File | undefined) => void) {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]')) return
      const file = event.clipboardData?.files[0]
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (file) latest.current(file)
      else if (/[\n\r].*[,;\t|]|[,;\t|].*[\n\r]/s.test(text)) latest.current(new File([text], 'pasted.csv'))
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}
