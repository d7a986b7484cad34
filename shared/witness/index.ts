export { CreateNetworkHeads1764000008000 } from './create-network-heads.migration.js';
export { connectHubHeads, type HubHeads } from './hub-heads.js';
export { NetworkHead } from './network-head.entity.js';
export { openOwnSide, type OwnSide, type OwnSideOptions } from './own-side.js';
export {
  Rewritten,
  createWitness,
  headFaults,
  makeHead,
  readOwnHeads,
  witness,
  type HeadFault,
  type WitnessOptions,
} from './witness.js';
