import { defineConfig } from '@hub/shared/partner';

/** The code of this organisation. All its ids begin with it. */
const code = 'new-kind';

/** Reads the settings of this server. */
export const readConfig = defineConfig({
  module: import.meta.url,
  codes: [code],
  defaultPort: () => 4200,
});
