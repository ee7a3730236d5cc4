import { defineConfig } from 'vitest/config';
import browser from './vitest.browser.config.ts';

/** `npm run pictures`: takes the pictures of the README anew. */
export default defineConfig({ test: { ...browser.test, include: ['test/browser/readme.pictures.ts'] } });
