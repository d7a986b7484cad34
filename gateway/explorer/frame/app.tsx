import type { ComponentType } from 'preact';
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { awaited } from '../client/awaited.ts';
import { SignInCallback, SignInWindow } from '../pages/sign-in/callback.tsx';
import { mostNames, sayLack } from '../parts/no-value.tsx';
import { lastEnd } from '../session/keep-session.ts';
import { endWords, SignIn, SignInAgain } from '../session/sign-in.tsx';
import { formatTime, language, t, type WordKey } from '../words/language.ts';
import { joinNames } from '../words/names.ts';
import { Header } from './header.tsx';
import { NotLoaded } from './not-loaded.tsx';
import { noteOrigin } from './origin.ts';
import { pageLinkOf } from './page-links.ts';
import { nameOfPartner } from './settings.ts';
import { keepTheme, theme, themes } from './theme.ts';
import { useTitle } from './title.ts';

/** Pages that only some readers open are loaded when they are. If a page’s file does not come, the reader can try again. */
const onDemand = (load: () => Promise<ComponentType>) =>
  lazy(() => load().catch(() => () => <NotLoaded load={load} />));

const Start = onDemand(async () => (await import('../pages/start/start.tsx')).Start);
const Explorer = onDemand(async () => (await import('../pages/explorer/explorer.tsx')).Explorer);
const Programme = onDemand(
  async () => (await import('../pages/programme/board/board.tsx')).Programme,
);
const OneProgramme = onDemand(
  async () => (await import('../pages/programme/board/board.tsx')).OneProgramme,
);
const Group = onDemand(async () => (await import('../pages/programme/group/group.tsx')).Group);
const Visit = onDemand(async () => (await import('../pages/programme/visit/visit.tsx')).Visit);
const Statistics = onDemand(
  async () => (await import('../pages/programme/statistics/statistics.tsx')).Statistics,
);
const Network = onDemand(async () => (await import('../pages/network/network.tsx')).Network);
const Directory = onDemand(
  async () => (await import('../pages/network/known/directory.tsx')).Directory,
);
const StatementPage = onDemand(
  async () => (await import('../pages/network/known/statement.tsx')).StatementPage,
);
const BodyPage = onDemand(async () => (await import('../pages/network/known/body.tsx')).BodyPage);
const SitePage = onDemand(async () => (await import('../pages/network/known/site.tsx')).SitePage);
const SourcePage = onDemand(
  async () => (await import('../pages/network/known/source.tsx')).SourcePage,
);
const RegionPage = onDemand(
  async () => (await import('../pages/network/known/region.tsx')).RegionPage,
);
const Search = onDemand(async () => (await import('../pages/network/known/search.tsx')).Search);
const EventPage = onDemand(
  async () => (await import('../pages/network/known/event.tsx')).EventPage,
);
const MyJourney = onDemand(
  async () => (await import('../pages/my-journey/my-journey.tsx')).MyJourney,
);
const Tasks = onDemand(async () => (await import('../pages/tasks/tasks.tsx')).Tasks);
const DecisionPage = onDemand(
  async () => (await import('../pages/tasks/decision-page.tsx')).DecisionPage,
);
const DonePage = onDemand(async () => (await import('../pages/record/done.tsx')).DonePage);
const FormPage = onDemand(async () => (await import('../pages/forms/form-page.tsx')).FormPage);
const NomineesPage = onDemand(
  async () => (await import('../pages/forms/nominees-page.tsx')).NomineesPage,
);
const AttendancePage = onDemand(
  async () => (await import('../pages/forms/attendance-page.tsx')).AttendancePage,
);
const FormalitiesPage = onDemand(
  async () => (await import('../pages/forms/formalities-page.tsx')).FormalitiesPage,
);
const People = onDemand(async () => (await import('../pages/people/people.tsx')).People);
const PersonPage = onDemand(async () => (await import('../pages/people/person.tsx')).PersonPage);
const Invite = onDemand(async () => (await import('../pages/people/invite.tsx')).Invite);
const RecordPage = onDemand(async () => (await import('../pages/record/record.tsx')).RecordPage);
const Status = onDemand(async () => (await import('../pages/status/status.tsx')).Status);
const Join = onDemand(async () => (await import('../pages/join/join.tsx')).Join);
const Help = onDemand(async () => (await import('../pages/help/help.tsx')).Help);
const Accessibility = onDemand(
  async () => (await import('../pages/accessibility/accessibility.tsx')).Accessibility,
);

function NotFound() {
  useTitle(t('frame.notFound'));
  return (
    <>
      <h1>{t('frame.notFound')}</h1>
      <p class="lead">{t('frame.notFoundWhy')}</p>
      <p>
        <a href="/">{t('frame.start')}</a> · <a href="/search">{t('frame.search')}</a> ·{' '}
        <a href="/help">{t('help.title')}</a>
      </p>
    </>
  );
}

/** After a change of page, the focus and the title say where the reader is. */
function Content() {
  const { path, url } = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const before = useRef<string>(undefined);
  const link = pageLinkOf(path);
  const name = link ? t(link.label) : undefined;
  // Before the page names itself.
  useLayoutEffect(() => {
    document.title = name ? `${name} · ${t('frame.title')}` : t('frame.title');
  }, [name]);
  useEffect(() => {
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [path]);
  useEffect(() => {
    noteOrigin(before.current);
    before.current = url;
  }, [url]);
  const opened = useMemo(() => formatTime(new Date().toISOString()), [url, language.value]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      {lastEnd.value && (
        <p class="note" role="status">
          {t(endWords[lastEnd.value])}
        </p>
      )}
      <ErrorBoundary>
        <Router>
          <Route path="/" component={Start} />
          <Route path="/explorer" component={Explorer} />
          <Route path="/programme" component={Programme} />
          <Route path="/programme/p" component={OneProgramme} />
          <Route path="/programme/group" component={Group} />
          <Route path="/programme/visit" component={Visit} />
          <Route path="/programme/statistics" component={Statistics} />
          <Route path="/network" component={Network} />
          <Route path="/network/directory" component={Directory} />
          <Route path="/network/body" component={BodyPage} />
          <Route path="/network/site" component={SitePage} />
          <Route path="/network/statement" component={StatementPage} />
          <Route path="/network/event" component={EventPage} />
          <Route path="/network/source" component={SourcePage} />
          <Route path="/network/region" component={RegionPage} />
          <Route path="/search" component={Search} />
          <Route path="/tasks" component={Tasks} />
          <Route path="/tasks/decision" component={DecisionPage} />
          <Route path="/tasks/done" component={DonePage} />
          <Route path="/programme/do" component={FormPage} />
          <Route path="/programme/nominees" component={NomineesPage} />
          <Route path="/programme/formalities" component={FormalitiesPage} />
          <Route path="/programme/attendance" component={AttendancePage} />
          <Route path="/people" component={People} />
          <Route path="/people/person" component={PersonPage} />
          <Route path="/people/invite" component={Invite} />
          <Route path="/record" component={RecordPage} />
          <Route path="/my-journey" component={MyJourney} />
          <Route path="/status" component={Status} />
          <Route path="/help" component={Help} />
          <Route path="/accessibility" component={Accessibility} />
          <Route path="/join" component={Join} />
          <Route path="/sign-in/callback/:organisation" component={SignInCallback} />
          <Route path="/sign-in/window/:organisation" component={SignInWindow} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
      <p class="printed-only print-source">
        {t('frame.title')} · {location.host}
        {url} · {t('programme.asOf', { time: opened })}
      </p>
    </main>
  );
}

const themeWords: Record<(typeof themes)[number], WordKey> = {
  system: 'frame.themeSystem',
  light: 'frame.themeLight',
  dark: 'frame.themeDark',
};

/** The end of every page: how it looks, for whom it is made, and who has read its texts. */
function Footer() {
  return (
    <footer>
      <a href="/help">{t('help.title')}</a>
      <a href="/accessibility">{t('frame.accessibility')}</a>
      <label class="choice">
        {t('frame.theme')}
        <select
          value={theme.value}
          onChange={({ currentTarget }) => keepTheme(currentTarget.value)}
        >
          {themes.map((one) => (
            <option key={one} value={one}>
              {t(themeWords[one])}
            </option>
          ))}
        </select>
      </label>
      {language.value !== 'en' && <p class="soft">{t('frame.unread')}</p>}
    </footer>
  );
}

/** For whom the page waits. It lies over the page, which moves neither when it comes nor when it goes. */
function Awaited() {
  const partners = awaited.value;
  const text =
    partners.length > mostNames
      ? sayLack('awaited')
      : t('response.awaitedOf', { partners: joinNames(partners.map(nameOfPartner)) });
  return (
    <p class="awaited" role="status">
      {partners.length > 0 && text}
    </p>
  );
}

/** All pages. They share one document. */
export function App() {
  return (
    <LocationProvider>
      <a class="skip" href="#content">
        {t('frame.skip')}
      </a>
      <Header />
      <Content />
      <Awaited />
      <SignIn />
      <SignInAgain />
      <Footer />
    </LocationProvider>
  );
}
