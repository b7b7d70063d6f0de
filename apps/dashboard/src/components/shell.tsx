import { Button, Layout, Menu, Skeleton } from 'antd';
import { useEffect } from 'react';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { api } from '../api.js';
import { type I18n, useI18n } from '../i18n.js';
import { homeOf, pages } from '../navigation.js';
import { useAbout, useMe, useUniversities } from '../queries.js';
import { type Session, session } from '../session.js';
import { useLabels } from '../use-labels.js';
import { ErrorAlert } from './error-alert.js';
import { LanguageSwitch } from './language-switch.js';
import { SampleBanner } from './sample-banner.js';

const SOONEST = 30_000;
const LATEST = 60 * 60_000;

/** Takes a new token halfway through the life of the one in hand, so that nobody at work is signed out. */
const useRefresh = ({ token, expiresAt }: Session) =>
  useEffect(() => {
    const half = (Date.parse(expiresAt) - Date.now()) / 2;
    const renew = () => api.refresh().then(session.set, () => undefined);
    const timer = setTimeout(() => void renew(), Math.min(Math.max(half, SOONEST), LATEST));
    return () => clearTimeout(timer);
  }, [token, expiresAt]);

const Navigation = ({ t }: Pick<I18n, 't'>) => {
  const actions = useMe().data?.actions ?? {};
  const { pathname } = useLocation();
  const open = pages.filter(({ action }) => actions[action]);
  const current = open.findLast(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));
  return (
    <nav className="shell-nav" aria-label={t('app.menu')}>
      <Menu
        mode="horizontal"
        disabledOverflow
        selectedKeys={current ? [current.path] : []}
        items={open.map(({ path, title }) => ({ key: path, label: <Link to={path}>{t(title)}</Link> }))}
      />
    </nav>
  );
};

const SignedInUser = ({ user }: Pick<Session, 'user'>) => {
  const label = useLabels();
  const { nameOf } = useUniversities();
  return (
    <div className="shell-user" data-testid="user">
      <div>{user.displayName || user.username}</div>
      <div className="quiet">
        {label.role(user.role)} · {nameOf(user.organisation)}
      </div>
    </div>
  );
};

/** The page the path asks for, or the first one the viewer's role opens. */
const Page = ({ t }: Pick<I18n, 't'>) => {
  const me = useMe();
  const { pathname } = useLocation();
  if (me.error) return <ErrorAlert error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <Skeleton active />;
  const { actions } = me.data;
  const open = pages.filter(({ action }) => actions[action]);
  const [first] = open;
  if (!first) return <p>{t('app.noPages')}</p>;
  if (pathname === '/' && first.path !== '/') return <Navigate to={first.path} replace />;
  return <Outlet />;
};

const Frame = ({ signedIn }: { readonly signedIn: Session }) => {
  const { t } = useI18n();
  const about = useAbout();
  useRefresh(signedIn);
  return (
    <Layout style={{ minHeight: '100vh', background: 'transparent' }}>
      <a className="skip-link" href="#content">
        {t('app.skip')}
      </a>
      <SampleBanner />
      <Layout.Header className="shell-header">
        <Link className="shell-brand" to={homeOf(signedIn.user.role)}>
          {t('app.name')}
        </Link>
        <Navigation t={t} />
        <SignedInUser user={signedIn.user} />
        <LanguageSwitch />
        <Button onClick={() => session.set(null)}>{t('app.signOut')}</Button>
      </Layout.Header>
      <main id="content" className="page" tabIndex={-1}>
        <Page t={t} />
      </main>
      <Layout.Footer className="quiet" style={{ marginTop: 'auto' }}>
        {about && `${about.name} ${about.version ?? ''} · ${t('app.store', { storeId: about.storeId })}`}
      </Layout.Footer>
    </Layout>
  );
};

/** What stands around every page but the sign-in. */
export const Shell = () => {
  const signedIn = session.use();
  const { pathname, search } = useLocation();
  if (!signedIn) return <Navigate to={`/sign-in?from=${encodeURIComponent(pathname + search)}`} replace />;
  return <Frame signedIn={signedIn} />;
};
