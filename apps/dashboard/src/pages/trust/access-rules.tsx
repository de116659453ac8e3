import { NativeSelect, Stack, Text } from '@mantine/core';
import { roleSchema, type SessionView } from '@np-hub/model';
import { useOutletContext } from 'react-router';
import { useAccessRules, useChangeAccessRules } from '../../api/trust.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { useSpeech } from '../../text/speech.js';

const nobody = '';

/** Of whom a second factor is demanded; owners alone change it. */
export function AccessRulesSection() {
  const { text } = useSpeech();
  const words = text.trust.rules;
  const isOwner = useOutletContext<SessionView>().user.role === 'owner';
  const rules = useAccessRules();
  const change = useChangeAccessRules();
  const notices = useNotices();
  return (
    <Section title={words.title}>
      <Stack gap="sm" maw={420}>
        <Text size="sm">{words.lead}</Text>
        <Loaded query={rules} rows={1}>
          {({ secondFactorFrom }) => (
            <NativeSelect
              label={words.label}
              disabled={!isOwner || change.isPending}
              value={secondFactorFrom ?? nobody}
              data={[
                { value: nobody, label: words.nobody },
                ...roleSchema.options.map((role) => ({ value: role, label: words.from[role] })),
              ]}
              onChange={({ currentTarget: { value } }) =>
                change.mutate(
                  { secondFactorFrom: roleSchema.options.find((role) => role === value) ?? null },
                  { onSuccess: () => notices.done(words.saved) },
                )
              }
            />
          )}
        </Loaded>
        {change.isError && <ErrorNotice error={change.error} title={text.detail.actions.failed} />}
      </Stack>
    </Section>
  );
}
