import { useLingui } from '@lingui/react/macro'
import { Modal, Switch } from '@mantine/core'
import { type Shortcut, useShortcutRegistry } from '../ui/shortcuts.tsx'
import classes from './ShortcutSheet.module.css'

/** Every shortcut that works on the page right now, and the switch for people whom single keys disturb. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui()
  const { list, on, setOn } = useShortcutRegistry()
  const groups = opened ? Map.groupBy(list(), (shortcut: Shortcut) => shortcut.group) : new Map<string, Shortcut[]>()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={t`Keyboard shortcuts`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.groups}>
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={classes.list}>
              {shortcuts.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.split(/[ +]/).map((key, place) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence of keys
                      <kbd key={place}>{key === 'Shift' ? '⇧' : key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        size="sm"
        label={t`Use single-key shortcuts`}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Modal>
  )
}
