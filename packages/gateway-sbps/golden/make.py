"""
Makes the files beside it, with nothing of this repository: Python's hashlib and base64, iconv for code page 932 (Python's
own writes 髙 as NEC does, Windows and Java as iconv), and openssl for 3DES.
    python3 make.py        (made with Python 3.11.7, GNU libc's iconv and OpenSSL 3.0.19)
The fields and their order are those of SBPS's public pages; the values are made up.
"""
import base64, hashlib, json, subprocess
from xml.sax.saxutils import escape

HASH_KEY = "golden-hash-key-0123456789"
KEY, VECTOR = b"abcdefghijklmnopqrstuvwx", b"12345678"
HEAD = '<?xml version="1.0" encoding="Shift_JIS"?>'


def encode(text, charset):
    command = ["iconv", "-f", "UTF-8", "-t", charset]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def sha1(texts, charset):
    return hashlib.sha1(encode("".join(texts) + HASH_KEY, charset)).hexdigest()


def des3(data):
    data += b" " * (-len(data) % 8)
    command = ["openssl", "enc", "-des-ede3-cbc", "-nopad", "-nosalt", "-K", KEY.hex(), "-iv", VECTOR.hex()]
    return base64.b64encode(subprocess.run(command, input=data, capture_output=True, check=True).stdout).decode()


def b64(text):
    return base64.b64encode(encode(text, "CP932")).decode()


def write(name, text, charset="CP932"):
    with open(name, "wb") as file:
        file.write(encode(text, charset))


# A purchase, plain and with 3DES. (name, text, form): "" as it is, "wide" Base64, "method" within pay_method_info.
BUYER = [("name", "髙橋 花子"), ("name_kana", "タカハシ ハナコ"), ("company_name", ""), ("department_name", "")]
PLACE = [("zip", "1070052"), ("address", "東京都港区赤坂1-2-3 見本ビル①"), ("tel", "0312345678")]
METHOD = (
    [("customer_name", BUYER[0][1]), ("customer_name_kana", BUYER[1][1]), ("company_name", ""), ("department_name", "")]
    + PLACE + [("mail", "hanako@example.jp")]
    + [("dest_customer_name", BUYER[0][1]), ("dest_customer_name_kana", BUYER[1][1]),
       ("dest_company_name", ""), ("dest_department_name", "")]
    + [("dest_" + name, text) for name, text in PLACE]
)
GOODS = [("煎茶～限定 ㈱見本", 2500, 2), ("送料", 600, 1), ("値引き", -100, 1)]


def purchase(encrypted):
    texts, out = [], []

    def add(name, text, wide=False):
        texts.append(text)
        out.append(f"<{name}>{b64(text) if wide else escape(text)}</{name}>")

    for name, text in [("merchant_id", "30132"), ("service_id", "002"), ("cust_code", "G-1"), ("order_id", "G-1"), ("item_id", "G-1")]:
        add(name, text)
    add("item_name", GOODS[0][0], True)
    add("tax", "")
    add("amount", "5500")
    for name in ("free1", "free2", "free3"):
        add(name, "", True)
    add("order_rowno", "")
    out.append("<dtls>")
    for row, (name, price, count) in enumerate(GOODS, 1):
        out.append("<dtl>")
        add("dtl_rowno", str(row)); add("dtl_item_id", str(row)); add("dtl_item_name", name, True)
        add("dtl_item_count", str(count)); add("dtl_tax", ""); add("dtl_amount", str(price * count))
        out.append("</dtl>")
    out.append("</dtls><pay_method_info>")
    for name, text in METHOD + [("order_date", "20261120")]:
        texts.append(text)
        carried = text if name == "order_date" else b64(text)
        if encrypted:
            carried = des3(encode(text, 'CP932')) if text else ""
        out.append(f"<{name}>{carried}</{name}>")
    out.append("</pay_method_info>")
    add("encrypted_flg", "1" if encrypted else "0")
    add("request_date", "20261121120000")
    add("limit_second", "600")
    out.append(f"<sps_hashcode>{sha1(texts, 'CP932')}</sps_hashcode>")
    return f'{HEAD}<sps-api-request id="ST01-00101-710">{"".join(out)}</sps-api-request>'


write("purchase.xml", purchase(False))
write("purchase-3des.xml", purchase(True))


# Requests about a payment: settlement and cancel.
def about(function, option):
    fields = [("merchant_id", "30132"), ("service_id", "002"), ("sps_transaction_id", "B30132002ST010010171000000001"),
              ("tracking_id", "20000000001001"), ("processing_datetime", "20261121120000")]
    sent = [("request_date", "20261121120000"), ("limit_second", "600")]
    inner = lambda some: "".join(f"<{name}>{escape(text)}</{name}>" for name, text in some)
    hashed = sha1([text for _, text in fields + option + sent], "CP932")
    options = f"<pay_option_manage>{inner(option)}</pay_option_manage>" if option else ""
    body = inner(fields) + options + inner(sent) + f"<sps_hashcode>{hashed}</sps_hashcode>"
    return f'{HEAD}<sps-api-request id="{function}">{body}</sps-api-request>'


write("settlement.xml", about("ST02-00202-710", [("delivery_company_code", "59010"), ("slip_no", "1234-5678-9012")]))
write("cancel.xml", about("ST02-00306-710", []))


# Notices, as a server that indents its XML and writes the hash in capitals would send them.
def notice(kind, method, encrypted=False):
    fields = [("merchant_id", "30132"), ("service_id", "002"), ("sps_transaction_id", "B30132002ST010010171000000001"),
              ("tracking_id", "20000000001001"), ("rec_datetime", "20261121115959")]
    texts = [text for _, text in fields] + [text for _, text in method] + ["20261121120003"]
    inner = "".join(f"\n    <{name}>{des3(encode(text, 'CP932')) if encrypted and text else escape(text)}</{name}>" for name, text in method)
    lines = "".join(f"\n  <{name}>{text}</{name}>" for name, text in fields)
    return (f'{HEAD}\r\n<sps-api-request id="{kind}">{lines}\n  <pay_method_info>{inner}\n  </pay_method_info>'
            f"\n  <request_date>20261121120003</request_date>\n  <sps_hashcode>{sha1(texts, 'CP932').upper()}</sps_hashcode>\n</sps-api-request>\r\n")


write("notice-approved.xml", notice("NT01-00101-710", [("rec_result", "OK"), ("rec_err_code", ""), ("rec_extra", "～㈱①")]))
write("notice-lapsed.xml", notice("NT01-00104-710", []))

# The form of the link type: the hash is over UTF-8, the texts of free_csv are Shift_JIS.
CSV_NAMES = (["CUSTOMER_NAME", "CUSTOMER_NAME_KANA", "COMPANY_NAME", "DEPARTMENT_NAME", "ZIP", "ADDRESS", "TEL", "MAIL"]
             + ["DEST_CUSTOMER_NAME", "DEST_CUSTOMER_NAME_KANA", "DEST_COMPANY_NAME", "DEST_DEPARTMENT_NAME", "DEST_ZIP", "DEST_ADDRESS", "DEST_TEL"])
csv = ",".join(f"{name}={text}" for name, (_, text) in zip(CSV_NAMES, METHOD)) + ",ORDER_DATE=20261120"
HEADS = ("pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount "
         "pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type success_url "
         "cancel_url error_url pagecon_url free1 free2 free3 free_csv").split()


def link(encrypted):
    values = {"pay_method": "np", "merchant_id": "30132", "service_id": "002", "cust_code": "G-1", "order_id": "G-1", "item_id": "G-1",
              "item_name": GOODS[0][0], "amount": "5500", "pay_type": "0", "service_type": "0", "terminal_type": "0",
              "success_url": "https://shop.example.jp/ok", "cancel_url": "https://shop.example.jp/cancel",
              "error_url": "https://shop.example.jp/error", "pagecon_url": "https://hub.example.jp/n",
              "free_csv": des3(encode(csv, "CP932")) if encrypted else b64(csv)}
    fields = [[name, values.get(name, "")] for name in HEADS]
    for row, (name, price, count) in enumerate(GOODS, 1):
        fields += [["dtl_rowno", str(row)], ["dtl_item_id", str(row)], ["dtl_item_name", name],
                   ["dtl_item_count", str(count)], ["dtl_tax", ""], ["dtl_amount", str(price * count)]]
    fields += [["request_date", "20261121120000"], ["limit_second", "600"]]
    return fields + [["sps_hashcode", sha1([text for _, text in fields], "utf-8")]]


for name, encrypted in (("link-form.json", False), ("link-form-3des.json", True)):
    write(name, json.dumps(link(encrypted), ensure_ascii=False, indent=1) + "\n", "utf-8")
