import { Trans, useLingui } from '@lingui/react/macro'
import type { Brand } from './portal-settings.ts'
import classes from './preview.module.css'

/** The head of a packing slip and its first lines. Paper is white, whichever mode the pages have. */
export function SlipPreview({ brand, name }: { brand: Brand; name: string }) {
  const { t } = useLingui()
  const logo = brand.images['logo-light']
  return (
    <>
      <div className={classes.slip}>
        {logo && brand.logoOnPaper && (
          <img className={classes.logo} src={`${brand.base}/portal-images/${logo}`} alt="" />
        )}
        <strong>{name}</strong>
        <small>{t`Packing slip`}</small>
        <dl>
          <div>
            <dt>{t`Ship to`}</dt>
            <dd>
              Camille Petit
              <br />
              12 rue des Lilas
              <br />
              69003 Lyon
            </dd>
          </div>
          <div>
            <dt>{t`Order`}</dt>
            <dd>1043</dd>
          </div>
        </dl>
      </div>
      {logo && !brand.logoOnPaper && (
        <p className={classes.note}>
          <Trans>
            This logo is not printed on slips and transfer sheets. For paper, choose it as JPEG, or as PNG of eight
            bits, not interlaced.
          </Trans>
        </p>
      )}
    </>
  )
}
