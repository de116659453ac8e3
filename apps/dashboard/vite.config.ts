import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Workspace packages are read from their sources; `npm start` serves what this builds, at `/`. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: { proxy: { '/api': process.env['HUB_URL'] ?? 'http://127.0.0.1:4000' } },
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 1_200 },
});
