import { defineConfig } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';

/** Reads the settings of the offices' server. */
export const readConfig = defineConfig({
  module: import.meta.url,
  codes: [codes.officesCode],
  defaultPort: () => 4101,
});
