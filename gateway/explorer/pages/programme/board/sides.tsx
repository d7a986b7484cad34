import { Fragment, type ComponentChildren } from 'preact';
import { nameOfPartner, settings } from '../../../frame/settings.ts';
import { Countries, Facts } from '../../../parts/facts.tsx';
import { regionHref } from '../../../parts/links.ts';
import { NoValue } from '../../../parts/no-value.tsx';
import { PartyName } from '../../../parts/person-name.tsx';
import { t } from '../../../words/language.ts';
import { joinNames, nameCountries, nameOfRegion, nameOfSide } from '../../../words/names.ts';
import type { BoardProgramme, BoardRegion } from './board-query.ts';

type Side = NonNullable<BoardProgramme['sides']>[number];

interface PartiesProps {
  readonly parties: Side['hosts'];
  /** Who does it if nobody is named. */
  readonly ifNone: string;
}

function Parties({ parties, ifNone }: PartiesProps) {
  if (parties?.length === 0) return <>{ifNone}</>;
  return (
    <ul class="parties">
      {parties?.map((party, index) => (
        <li key={party?.id ?? index}>
          <PartyName party={party} />
        </li>
      ))}
    </ul>
  );
}

interface PlacesProps {
  readonly side: Side;
  /** The regions that the offices know. Empty while they do not respond. */
  readonly known: readonly BoardRegion[];
}

function Places({ side: { countries, regions }, known }: PlacesProps) {
  const nameOf = (code: string) => {
    const region = known.find((one) => one.code === code);
    return region ? nameOfRegion(region) : t('response.missing');
  };
  return (
    <>
      <Countries codes={countries} />
      {regions.length > 0 && (
        <>
          {' ('}
          {t('sides.regions', { regions: '' })}
          {regions.map(({ code }, index) => (
            <Fragment key={code}>
              {index > 0 && ', '}
              <a href={regionHref(code)}>{nameOf(code)}</a>
            </Fragment>
          ))}
          )
        </>
      )}
    </>
  );
}

/** Who answers in a country where no host is named: its police force, or else the offices. */
const answererOf = (country: string): string => {
  const police = country.toLowerCase();
  const isPartner = settings.value.partners.some(({ code }) => code === police);
  return nameOfPartner(isPartner ? police : 'ncm');
};

function Hosts({ side: { hosts, countries, unansweredIn } }: { side: Side }) {
  const answered = countries.filter((country) => !unansweredIn.includes(country));
  const unanswered = joinNames(nameCountries(unansweredIn));
  const network = nameOfPartner('nbnp');
  return (
    <>
      {!hosts && <NoValue why="unknown" />}
      <Parties parties={hosts} ifNone={joinNames([...new Set(answered.map(answererOf))])} />
      {unanswered !== '' && (
        <p class="soft">{t('programme.unanswered', { countries: unanswered, network })}</p>
      )}
    </>
  );
}

/** Who acts on a side: in which role, whether a source says who, and who. */
function listActing(
  side: Side,
): readonly (readonly [label: string, isKnown: boolean, value: ComponentChildren])[] {
  const { selectors, hosts, coordinators, unansweredIn } = side;
  return [
    [
      t('sides.selectors'),
      selectors !== null,
      <Parties parties={selectors} ifNone={t('sides.nobody')} />,
    ],
    [t('sides.hosts'), hosts !== null || unansweredIn.length > 0, <Hosts side={side} />],
    [
      t('sides.coordinators'),
      coordinators !== null,
      <Parties parties={coordinators} ifNone={nameOfPartner('nbnp')} />,
    ],
  ];
}

const findUnknown = (side: Side): readonly string[] =>
  listActing(side)
    .filter(([, isKnown]) => !isKnown)
    .map(([label]) => label);

/** What no source says. */
const sayUnknown = (labels: readonly string[]) =>
  [labels.join(' · '), labels.length > 0 && <NoValue why="unknown" />] as const;

interface SideLineProps extends PlacesProps {
  /** What is unknown of all sides, and said below them. */
  readonly unknownOfAll: readonly string[];
}

/** One side in two lines: where it is, and who acts there. */
function SideLine({ side, known, unknownOfAll }: SideLineProps) {
  const unknown = findUnknown(side).filter((label) => !unknownOfAll.includes(label));
  return (
    <li>
      <h4>{nameOfSide(side)}</h4>
      <p>
        <Places side={side} known={known} />
      </p>
      <Facts
        isInline
        facts={[
          ...listActing(side)
            .filter(([, isKnown]) => isKnown)
            .map(([label, , value]) => [label, value] as const),
          sayUnknown(unknown),
        ]}
      />
    </li>
  );
}

interface SidesProps {
  readonly sides: readonly Side[];
  readonly regions: readonly BoardRegion[];
}

/** The sides between which the journeys of a programme go, and who acts there. */
export function Sides({ sides, regions }: SidesProps) {
  const [first, ...others] = sides.map(findUnknown);
  const unknownOfAll = first?.filter((label) => others.every((one) => one.includes(label))) ?? [];
  return (
    <>
      <h3>{t('sides.title')}</h3>
      <ul class="sides">
        {sides.map((side) => (
          <SideLine key={side.id} side={side} known={regions} unknownOfAll={unknownOfAll} />
        ))}
      </ul>
      <Facts isInline facts={[sayUnknown(unknownOfAll)]} />
    </>
  );
}
