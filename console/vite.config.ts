import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run console` finds a running platform. */
const platform = process.env.CROSSDOCK_URL ?? 'http://127.0.0.1:8080';

/**
 * Vite wraps every `import()` in a loader of what it needs besides. Here that is nothing (see `modulePreload`), and the loader is a
 * two-hundredth of the script at first load.
 */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  apply: 'build',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

export default defineConfig({
  plugins: [react(), plainImports],
  build: {
    target: 'es2023',
    sourcemap: false,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 300,
    // One style sheet, in one order: what a page looks like does not depend on which one was visited before.
    cssCodeSplit: false,
    // Small chunks come by themselves when a page is opened; naming them all beforehand costs more script than it saves.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, needed, { hostType }) => (hostType === 'js' ? [] : needed),
    },
  },
  server: { proxy: { '/api': platform, '/session': platform } },
});
