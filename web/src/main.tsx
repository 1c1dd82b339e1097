import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './theme/tokens.css'
import './theme/global.css'
import './theme/mantine.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from './me.ts'
import { wearColors } from './portal.ts'
import { client, router } from './routes.tsx'
import { theme, variables } from './theme/theme.ts'
import { Shortcuts } from './ui/shortcuts.tsx'

const colorScheme = localStorageColorSchemeManager({ key: 'crossdock.theme' })

// The server was updated while this page was open: a part of the old pages is gone, so take the new ones, once.
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('crossdock.reloaded'))
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem('crossdock.reloaded', String(Date.now()))
  location.reload()
})

wearColors()
await startLanguage()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" limit={4} />
          <Shortcuts>
            <ModalsProvider>
              <RouterProvider router={router} />
            </ModalsProvider>
          </Shortcuts>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
)
