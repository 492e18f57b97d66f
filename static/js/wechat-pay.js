// Paying in WeChat: its own browser has a bridge to the wallet. Without this file, or elsewhere, the page says what else can be done.
"use strict";

function showWallet() {
  if (!window.WeixinJSBridge) return;
  document.querySelectorAll("[data-wechat-pay]").forEach((button) => { button.hidden = false; });
  document.querySelectorAll("[data-outside-wechat]").forEach((words) => { words.hidden = true; });
}

document.addEventListener("WeixinJSBridgeReady", showWallet);
document.addEventListener("DOMContentLoaded", showWallet);
document.addEventListener("htmx:afterSwap", showWallet);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-wechat-pay]");
  if (!button || !window.WeixinJSBridge) return;
  window.WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(button.dataset.wechatPay), (answer) => {
    // “ok” is no proof: the page we go to asks WeChat Pay itself.
    if (answer.err_msg === "get_brand_wcpay_request:ok") location.assign(button.dataset.back);
  });
});
