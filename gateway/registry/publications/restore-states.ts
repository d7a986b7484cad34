import type { PublicationState } from './publication.js';
import type { RegistryOptions } from './registry-options.js';
import { partnersOf } from './served-schemas.js';

/**
 * Reads what the hub knew of each partner. If a file is spoilt or lost, the newest release still has
 * the partner’s last schema and its sequence: an older manifest stays a rollback.
 * @param onSpoilt called for a partner whose file cannot be read
 */
export function restoreStates(
  {
    partners,
    basis,
    store,
    releases,
  }: Pick<RegistryOptions, 'partners' | 'basis' | 'store' | 'releases'>,
  onSpoilt: (partner: string, reason: string) => void,
): Map<string, PublicationState> {
  const { release } = releases.findNewest();
  const restore = (code: string, subgraph: string): PublicationState => {
    const known = release?.publications[code];
    const isOnly = partnersOf(subgraph, partners).length === 1;
    const contract = release?.contracts.find(({ name }) => name === subgraph);
    if (!known || !contract || release?.basis !== basis) return {};
    const { sequence, schemaVersion, hash, lacks } = known;
    const accepted = { sequence, schemaVersion, hash, schema: contract.sdl, lacks };
    // It is judged again, which finds what it adds.
    return { accepted: { ...accepted, adds: isOnly ? ['?'] : [], judgedBy: '' } };
  };
  return new Map(
    partners.map(({ code, subgraph }) => {
      try {
        return [code, store.read(code) ?? restore(code, subgraph)] as const;
      } catch (error) {
        onSpoilt(code, (error as Error).message);
        return [code, restore(code, subgraph)] as const;
      }
    }),
  );
}
