import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { Link, Navigate, useSearchParams } from 'react-router';
import { api } from '../api.js';
import type { SampleUser } from '../api-types.js';
import { ErrorAlert } from '../components/error-alert.js';
import { LanguageSwitch } from '../components/language-switch.js';
import { SampleBanner } from '../components/sample-banner.js';
import { Section } from '../components/section.js';
import { useI18n } from '../i18n.js';
import { organisationLabels } from '../labels.js';
import { homeOf } from '../navigation.js';
import { useAbout } from '../queries.js';
import { session } from '../session.js';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const SampleUsers = ({
  users,
  onChoose,
}: {
  readonly users: readonly SampleUser[];
  readonly onChoose: (user: SampleUser) => void;
}) => {
  const { t, pick } = useI18n();
  // The names of universities are for those who are signed in.
  const nameOf = (organisation: string) =>
    organisationLabels[organisation] ? pick(organisationLabels[organisation]) : organisation;
  return (
    <Section title={t('signIn.samples')}>
      <div className="quiet">{t('signIn.samplesHint')}</div>
      <ul className="plain">
        {users.map((user) => (
          <li key={user.username}>
            <Button
              type="text"
              className="sample-user"
              data-testid={`sample-user-${user.username}`}
              onClick={() => onChoose(user)}
            >
              <strong>{user.username}</strong> · {pick(user.role)} ·{' '}
              <span className="quiet">{nameOf(user.organisation)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const SignInForm = () => {
  const { t } = useI18n();
  const [form] = Form.useForm<Credentials>();
  const samples = useAbout()?.sampleUsers ?? [];
  const signIn = useMutation({ mutationFn: api.signIn, onSuccess: session.set });
  const rules = [{ required: true, message: t('signIn.required') }];
  return (
    <>
      <Section title={t('signIn.title')}>
        {signIn.error && <ErrorAlert error={signIn.error} />}
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(credentials) => signIn.mutate(credentials)}>
          <Form.Item name="username" label={t('signIn.username')} rules={rules}>
            <Input autoComplete="username" autoFocus size="large" />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={rules}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
      </Section>
      {samples.length > 0 && (
        <SampleUsers
          users={samples}
          onChoose={({ username, password }) => form.setFieldsValue({ username, password })}
        />
      )}
    </>
  );
};

/** Only a path of this site may follow the sign-in. */
const wayBack = (from: string | null, home: string): string =>
  from && from !== '/' && /^\/(?![/\\])/.test(from) ? from : home;

export const SignInPage = () => {
  const { t } = useI18n();
  const [parameters] = useSearchParams();
  const signedIn = session.use();
  if (signedIn) return <Navigate to={wayBack(parameters.get('from'), homeOf(signedIn.user.role))} replace />;
  return (
    <>
      <SampleBanner />
      <main className="sign-in">
        <header className="sign-in-head section-head">
          <div>
            <h1>{t('app.name')}</h1>
            <div className="quiet">{t('app.subtitle')}</div>
          </div>
          <LanguageSwitch />
        </header>
        <SignInForm />
        <Link className="sign-in-head" to="/public/offers" data-testid="public-offers">
          {t('nav.offers')} →
        </Link>
      </main>
    </>
  );
};
