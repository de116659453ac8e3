import { Text } from '@mantine/core';
import type { FindingView } from '@np-hub/model';
import { useFindingStep } from '../../api/reconciliation.js';
import { Confirm } from '../../components/confirm.js';
import { useNotices } from '../../components/notices.js';
import { useSpeech } from '../../text/speech.js';
import { sideText } from './side-text.js';

export type Step = 'repair' | 'dismiss';

/** Says what will happen before it does. */
export function FindingDialog({
  finding,
  step,
  onClose,
}: {
  finding: FindingView;
  step: Step;
  onClose: () => void;
}) {
  const { text, language } = useSpeech();
  const { findings, kinds, actions } = text.reconciliation;
  const notices = useNotices();
  const run = useFindingStep(finding.id);
  const offered = step === 'repair' && finding.action ? actions[finding.action] : null;
  const label = offered?.label ?? findings.dismiss;
  return (
    <Confirm
      title={label}
      text={offered?.text ?? findings.dismissText}
      confirm={label}
      running={run.isPending}
      error={run.error}
      onClose={onClose}
      onConfirm={() =>
        run.mutate(step, {
          onSuccess: (answer) => {
            if (!answer) return;
            notices.done(offered ? findings.repairedBy : findings.dismissed);
            onClose();
          },
        })
      }
    >
      <Text size="sm" className="dialog-subject">
        {text.detail.title(finding.orderNumber)} ・ {kinds[finding.kind].label} ・{' '}
        {sideText(finding, { text, language })}
      </Text>
    </Confirm>
  );
}
