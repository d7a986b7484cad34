import { defineConfig } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';

/** Reads the settings of the network’s server. */
export const readConfig = defineConfig({
  module: import.meta.url,
  codes: [codes.networkCode],
  defaultPort: () => 4102,
});
