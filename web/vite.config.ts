import { getConfig } from '@lingui/conf'
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const linguiConfig = getConfig({ cwd: here })

export default defineConfig({
  root: here,
  plugins: [
    react(),
    lingui({ cwd: here }),
    babel({ presets: [linguiTransformerBabelPreset({ linguiConfig }, { cwd: here })] }),
  ],
  // Everything is served by us from files: an inlined font or image would need a hole in the content security policy.
  build: { outDir: 'dist', assetsInlineLimit: 0, target: 'es2023', modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:4000' } },
})
