import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { api, type Input } from '../api.ts'
import { useMe } from '../me.ts'
import { type Density, preference } from '../preferences.ts'
import { setRootAttribute, useRootAttribute } from '../ui/root-attribute.ts'

/** The choice is made here and now; that the server keeps it for other devices may fail without harm. */
const keep = (body: Input<'PATCH /me'>['body']) => void api('PATCH /me', { body }).catch(() => undefined)

/** Height of rows: 32 px compact, 40 px comfortable. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useRootAttribute('data-density') === 'compact' ? 'compact' : 'comfortable'
  return [
    density,
    (next) => {
      preference.write('density', next)
      setRootAttribute('data-density', next)
      keep({ density: next })
    },
  ]
}

export function useSidebar(): [folded: boolean, toggle: () => void] {
  const folded = useRootAttribute('data-sidebar') === 'folded'
  return [
    folded,
    () => {
      const next = folded ? 'open' : 'folded'
      preference.write('sidebar', next)
      setRootAttribute('data-sidebar', next)
    },
  ]
}

export function useTheme(): ['light' | 'dark' | 'auto', (theme: 'light' | 'dark' | 'auto') => void] {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return [
    colorScheme,
    (theme) => {
      setColorScheme(theme)
      keep({ theme })
    },
  ]
}

/** On a device where nothing was chosen yet, the page looks as the person had it elsewhere. */
export function useKeptAppearance() {
  const { viewing, user } = useMe()
  const { density, theme } = viewing ? {} : user.preferences
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    if ((density === 'compact' || density === 'comfortable') && !preference.read('density')) {
      preference.write('density', density)
      setRootAttribute('data-density', density)
    }
    if ((theme === 'light' || theme === 'dark') && !preference.read('theme')) setColorScheme(theme)
  }, [density, theme, setColorScheme])
}
