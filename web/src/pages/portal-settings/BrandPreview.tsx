import { Trans, useLingui } from '@lingui/react/macro'
import { SegmentedControl } from '@mantine/core'
import { type CSSProperties, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { safeColors } from '../../../../server/src/kernel/readable-colors.ts'
import type { BrandValues } from './BrandSection.tsx'
import type { Brand } from './portal-settings.ts'
import classes from './preview.module.css'
import { SlipPreview } from './SlipPreview.tsx'

const product = { light: '#0b6e69', dark: '#56c5bb', fill: '#0b6e69' }

/** The sign-in of the portal, a mail to a client and a packing slip, drawn from what stands in the form now. */
export function BrandPreview({ brand }: { brand: Brand }) {
  const { t } = useLingui()
  const [mode, setMode] = useState<'light' | 'dark'>('light')
  const values = useWatch({ control: useFormContext<BrandValues>().control }) as BrandValues
  const chosen = /^#[0-9a-f]{6}$/.test(values.color) ? values.color : undefined
  const colors = chosen ? safeColors(chosen) : product
  const name = values.name.trim() || brand.accountName
  const logo =
    brand.images[mode === 'light' ? 'logo-light' : 'logo-dark'] ??
    brand.images['logo-light'] ??
    brand.images['logo-dark']
  const text = colors[mode]
  const isCorrected = chosen !== undefined && (text !== chosen || colors.fill !== chosen)
  return (
    <aside className={classes.preview} aria-label={t`Preview`}>
      <div className={classes.head}>
        <h3>{t`Preview`}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t`Preview in`}
          value={mode}
          onChange={(value) => setMode(value as 'light' | 'dark')}
          data={[
            { value: 'light', label: t`Light` },
            { value: 'dark', label: t`Dark` },
          ]}
        />
      </div>
      <div
        className={classes.portal}
        data-mode={mode}
        style={{ '--brand-text': text, '--brand-fill': colors.fill } as CSSProperties}
      >
        {logo ? (
          <img className={classes.logo} src={`${brand.base}/portal-images/${logo}`} alt={name} />
        ) : (
          <strong>{name}</strong>
        )}
        {values.welcome && <p>{values.welcome}</p>}
        <span className={classes.button}>{t`Sign in`}</span>
        <span className={classes.link}>{t`Forgotten password`}</span>
        <small>
          {[values.support, values.footer].filter(Boolean).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </small>
      </div>
      <div className={classes.mail} style={{ '--brand-fill': colors.fill } as CSSProperties}>
        <div className={classes.from}>
          <Trans>From: {values.sender.trim() || name}</Trans>
        </div>
        <strong>
          <Trans>{name} invites you to its portal</Trans>
        </strong>
        <span className={classes.button}>{t`Accept and set your password`}</span>
      </div>
      <SlipPreview brand={brand} name={name} />
      {isCorrected && (
        <p className={classes.note}>
          <Trans>
            So that {chosen} can be read, text is drawn in {text} here, and buttons in {colors.fill}.
          </Trans>
        </p>
      )}
    </aside>
  )
}
