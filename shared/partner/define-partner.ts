import type { PartCommands } from './commands/run-command.js';
import type { ReadConfig } from './config/config.js';
import type { PartnerDefinition } from './partner-definition.js';
import { shareSubgraph, type SubgraphOptions } from './subgraph-schema.js';

/** What a command of a partner’s folder gets. */
interface CommandOptions {
  readonly definition: PartnerDefinition;
  readonly readConfig: ReadConfig;
  /** The words after its name. */
  readonly argv: readonly string[];
}

/** A capability of a partner. It leaves with its line in `parts`. */
export interface PartnerPart {
  /** The tables that it needs. The migrations of the folder create them. */
  readonly entities?: PartnerDefinition['entities'];
  /** Commands of the folder by name. Each returns the exit code. */
  readonly commands?: Readonly<Record<string, (options: CommandOptions) => Promise<number>>>;
  /** What the server does every few minutes, as `PartnerDefinition.chore`. */
  readonly chore?: PartnerDefinition['chore'];
  /** As `PartnerDefinition.erased`. One part at most. */
  readonly erased?: PartnerDefinition['erased'];
  /** What its server writes to its own people. One part at most. */
  readonly mail?: PartnerDefinition['mail'];
  /** Its people who may have sessions of their own. One part at most. */
  readonly travellers?: PartnerDefinition['travellers'];
}

/** A partner’s folder, as its `main.ts` and its commands run it. */
export interface Partner extends PartnerDefinition {
  readonly readConfig: ReadConfig;
  readonly commands: PartCommands;
}

export interface PartnerDeclaration
  extends
    Omit<PartnerDefinition, 'createSubgraph' | 'chore' | 'erased' | 'mail' | 'travellers'>,
    Omit<SubgraphOptions, 'changePolicies'> {
  readonly readConfig: ReadConfig;
  /** @default its server answers requests, and can do nothing else */
  readonly parts?: readonly PartnerPart[];
}

/**
 * Makes a partner of what its folder declares.
 * @example ```ts
 * export const definition = definePartner({
 *   subgraph: 'nbnp', readConfig, entities, migrations, resolvers, orphanedTypes, references, levels,
 *   loadFacts, loadDemonstration, parts: [imports(importKinds), rehearsals(prepareRemoval)],
 * }); ```
 */
export function definePartner({ parts = [], ...declared }: PartnerDeclaration): Partner {
  const { resolvers, orphanedTypes, scalarsMap, references, levels, ...own } = declared;
  const chores = parts.flatMap(({ chore }) => chore ?? []);
  const commands = parts.flatMap((part) => Object.entries(part.commands ?? {}));
  const definition: Partner = {
    ...own,
    entities: [...parts.flatMap(({ entities = [] }) => entities), ...own.entities],
    erased: parts.find(({ erased }) => erased)?.erased,
    mail: parts.find(({ mail }) => mail)?.mail,
    travellers: parts.find(({ travellers }) => travellers)?.travellers,
    createSubgraph: shareSubgraph({ resolvers, orphanedTypes, scalarsMap, references, levels }),
    commands: Object.fromEntries(
      commands.map(([name, run]) => [
        name,
        (argv) => run({ definition, readConfig: own.readConfig, argv }),
      ]),
    ),
    ...(chores.length > 0 && {
      async chore(context) {
        let isDone = true;
        for (const chore of chores) isDone = (await chore(context)) && isDone;
        return isDone;
      },
    }),
  };
  return definition;
}
