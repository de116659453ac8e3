import { Checkbox, Fieldset, Stack } from '@mantine/core';
import type { ConnectionView, ShopView } from '@np-hub/model';
import { wholeWithin } from '../../components/amount.js';
import { NumberField } from '../../components/number-field.js';
import { useText } from '../../text/speech.js';
import { FeeFields } from './fee-fields.js';
import { MallFields } from './mall-fields.js';
import { MethodFields } from './method-fields.js';
import { PaymentPlanFields } from './payment-plan-fields.js';
import type { EnteredPolicies } from './policy-form.js';
import { PolicySelect } from './policy-select.js';
import { ReconciliationFields } from './reconciliation-fields.js';

const checkoutMinutes = wholeWithin(1, 1_440);
const daysBefore = wholeWithin(0, 90);

interface Props {
  readonly policies: EnteredPolicies;
  /** What the cart can be asked to do; null while nobody knows. */
  readonly capabilities: ShopView['capabilities'] | null;
  readonly connections: readonly ConnectionView[];
  /** Shows what is wrong; before that a person is left to type. */
  readonly tried: boolean;
  readonly onChange: (policies: EnteredPolicies) => void;
}

type PartProps = Pick<Props, 'policies' | 'onChange'>;

/** The policies of a shop, group by group, each with what it leads to. */
export function PolicyFields({ policies, capabilities, connections, tried, onChange }: Props) {
  const words = useText().policies;
  return (
    <Fieldset legend={words.title}>
      <Stack gap="lg">
        <CreditFields policies={policies} capabilities={capabilities} onChange={onChange} />
        <ReportFields policies={policies} onChange={onChange} />
        <ReconciliationFields policies={policies} onChange={onChange} />
        <Fieldset legend={words.payments.title}>
          <PaymentPlanFields
            plan={policies.paymentPlan}
            tried={tried}
            onChange={(paymentPlan) => onChange({ ...policies, paymentPlan })}
          />
        </Fieldset>
        <Fieldset legend={words.fees.title}>
          <FeeFields
            mode={policies.feeMode}
            bands={policies.feeBands}
            tried={tried}
            onChange={({ mode, bands }) => onChange({ ...policies, feeMode: mode, feeBands: bands })}
          />
        </Fieldset>
        <Fieldset legend={words.methods.title}>
          <MethodFields
            methods={policies.otherMethods}
            tried={tried}
            onChange={(otherMethods) => onChange({ ...policies, otherMethods })}
          />
        </Fieldset>
        <Fieldset legend={words.malls.title}>
          <MallFields
            malls={policies.malls}
            connections={connections}
            tried={tried}
            onChange={(malls) => onChange({ ...policies, malls })}
          />
        </Fieldset>
      </Stack>
    </Fieldset>
  );
}

function CreditFields({ policies, capabilities, onChange }: PartProps & Pick<Props, 'capabilities'>) {
  const { numbers, policies: words } = useText();
  const { credit } = words;
  const can = (name: ShopView['capabilities']['instructions'][number]) =>
    capabilities === null || capabilities.instructions.includes(name);
  return (
    <Fieldset legend={credit.title}>
      <Stack gap="md">
        {(can('stop-course') || policies.realTime) && (
          <PolicySelect
            label={credit.service}
            help={credit.serviceHelp}
            value={policies.realTime ? 'real-time' : 'batch'}
            choices={credit.services}
            onChange={(value) => onChange({ ...policies, realTime: value === 'real-time' })}
          />
        )}
        {policies.realTime && (
          <NumberField
            label={credit.checkout}
            description={credit.checkoutHelp}
            value={policies.checkoutMinutes}
            limits={checkoutMinutes}
            error={policies.checkoutMinutes === '' ? numbers.within(checkoutMinutes) : null}
            onChange={(entered) => onChange({ ...policies, checkoutMinutes: entered })}
          />
        )}
        <PolicySelect
          label={credit.timing}
          help={credit.timingHelp}
          value={policies.creditTiming}
          choices={credit.timings}
          onChange={(creditTiming) => onChange({ ...policies, creditTiming })}
        />
        {policies.creditTiming === 'before-shipment' && (
          <NumberField
            label={credit.days}
            description={credit.daysHelp}
            value={policies.creditDaysBefore}
            limits={daysBefore}
            unit={credit.daysUnit}
            error={policies.creditDaysBefore === '' ? numbers.within(daysBefore) : null}
            onChange={(entered) => onChange({ ...policies, creditDaysBefore: entered })}
          />
        )}
        <PolicySelect
          label={credit.onRejected}
          help={can('change-to-cod') ? credit.onRejectedHelp : credit.onRejectedByHand}
          value={policies.onRejected}
          choices={credit.afterRejection}
          onChange={(onRejected) => onChange({ ...policies, onRejected })}
        />
        <PolicySelect
          label={credit.duplicates}
          help={credit.duplicatesHelp}
          value={policies.duplicates}
          choices={credit.duplicateRules}
          onChange={(duplicates) => onChange({ ...policies, duplicates })}
        />
        {(can('stop-course') || policies.stopCourseOnRejected) && (
          <Checkbox
            label={credit.stopCourse}
            description={credit.stopCourseHelp}
            checked={policies.stopCourseOnRejected}
            onChange={(event) => onChange({ ...policies, stopCourseOnRejected: event.currentTarget.checked })}
          />
        )}
        {(['reregisterAfterLapse', 'emailRequired'] as const).map((name) => (
          <Checkbox
            key={name}
            label={credit[name]}
            description={credit[`${name}Help`]}
            checked={policies[name]}
            onChange={(event) => onChange({ ...policies, [name]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

function ReportFields({ policies, onChange }: PartProps) {
  const { report } = useText().policies;
  return (
    <Fieldset legend={report.title}>
      <Stack gap="md">
        <PolicySelect
          label={report.trigger}
          help={report.triggerHelp}
          value={policies.reportTrigger}
          choices={report.triggers}
          onChange={(reportTrigger) => onChange({ ...policies, reportTrigger })}
        />
        <PolicySelect
          label={report.settlement}
          help={report.settlementHelp}
          value={policies.settlementType}
          choices={report.settlements}
          onChange={(settlementType) => onChange({ ...policies, settlementType })}
        />
        <PolicySelect
          label={report.elsewhere}
          help={report.elsewhereHelp}
          value={policies.encloseElsewhere}
          choices={report.elsewheres}
          onChange={(encloseElsewhere) => onChange({ ...policies, encloseElsewhere })}
        />
        <PolicySelect
          label={report.split}
          help={report.splitHelp}
          value={policies.splitShipments}
          choices={report.splits}
          onChange={(splitShipments) => onChange({ ...policies, splitShipments })}
        />
        <PolicySelect
          label={report.carrier}
          help={report.carrierHelp}
          value={policies.contractedCarrier ? 'used' : 'unused'}
          choices={report.carriers}
          onChange={(value) => onChange({ ...policies, contractedCarrier: value === 'used' })}
        />
      </Stack>
    </Fieldset>
  );
}
