import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run console` finds a running platform. */
const platform = process.env.CROSSDOCK_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', sourcemap: false, reportCompressedSize: true, chunkSizeWarningLimit: 300 },
  server: { proxy: { '/api': platform, '/session': platform } },
});
