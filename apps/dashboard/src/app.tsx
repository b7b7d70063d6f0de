import { Button, ConfigProvider, Result, Skeleton, theme } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { Link, createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { Shell } from './components/shell.js';
import { useI18n } from './i18n.js';

const NotFound = () => {
  const { t } = useI18n();
  return <Result status="404" title={t('app.notFound')} extra={<Link to="/">{t('app.home')}</Link>} />;
};

/** Chunks are gone after an upgrade of the server; loading anew gets the present ones. */
const Broken = () => {
  const { t } = useI18n();
  const reload = <Button onClick={() => location.reload()}>{t('app.reload')}</Button>;
  return <Result status="error" title={t('app.broken')} extra={reload} />;
};

const router = createBrowserRouter([
  {
    path: '/sign-in',
    errorElement: <Broken />,
    hydrateFallbackElement: <Skeleton active className="page" />,
    lazy: async () => ({ Component: (await import('./pages/sign-in.js')).SignInPage }),
  },
  {
    path: '/public/offers',
    errorElement: <Broken />,
    hydrateFallbackElement: <Skeleton active className="page" />,
    lazy: async () => ({ Component: (await import('./pages/public-offers.js')).PublicOffersPage }),
  },
  {
    element: <Shell />,
    errorElement: <Broken />,
    hydrateFallbackElement: <Skeleton active className="page" />,
    children: [
      { path: '/', lazy: async () => ({ Component: (await import('./pages/target-board.js')).TargetBoardPage }) },
      {
        path: '/fund/:year?',
        lazy: async () => ({ Component: (await import('./pages/fund-board.js')).FundBoardPage }),
      },
      { path: '/deadlines', lazy: async () => ({ Component: (await import('./pages/deadlines.js')).DeadlinesPage }) },
      { path: '/records', lazy: async () => ({ Component: (await import('./pages/records.js')).RecordsPage }) },
      {
        path: '/records/:kind/:id',
        lazy: async () => ({ Component: (await import('./pages/record-detail.js')).RecordDetailPage }),
      },
      {
        path: '/records/asset/:id/register',
        lazy: async () => ({ Component: (await import('./pages/title-register.js')).TitleRegisterPage }),
      },
      { path: '/imports/:jobId?', lazy: async () => ({ Component: (await import('./pages/imports.js')).ImportsPage }) },
      { path: '*', element: <NotFound /> },
    ],
  },
]);

const appearance = {
  algorithm: theme.defaultAlgorithm,
  token: {
    colorPrimary: '#0b5394',
    colorInfo: '#0b5394',
    colorLink: '#0b5394',
    colorTextDescription: '#5c6875',
    borderRadius: 6,
  },
  components: {
    Layout: { headerHeight: 60, footerPadding: '12px 24px', footerBg: 'transparent' },
    Segmented: { trackBg: '#e3e8ee' },
  },
};

export const App = () => {
  const { language, locale, t } = useI18n();
  const name = t('app.name');
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = name;
  }, [locale, name]);
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enGB} theme={appearance}>
      <RouterProvider router={router} />
    </ConfigProvider>
  );
};
