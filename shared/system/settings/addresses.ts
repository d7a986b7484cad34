import { z } from 'zod';

/** Addresses and networks, separated by commas. */
export const addresses = z
  .string()
  .transform((list) => list.split(',').map((address) => address.trim()))
  .pipe(
    z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be a list of addresses')),
  );

const thisMachine: readonly string[] = ['127.0.0.1', '::1'];

/** `HUB_METRICS`: who may read `/metrics`. */
export const metricsReaders = z
  .union([z.literal('off').transform((): readonly string[] => []), addresses], {
    error: 'must be a list of addresses, or off',
  })
  .default(thisMachine);
