public import Networks
public import Report
public import Saliency
public import Terms

/// Which explainer answers, before it is known for which network.
///
/// Those that `rather explainers` lists have names here; their settings are the usual ones.
/// ``named(_:settings:layer:reducedBy:)`` takes others, and ``own(_:titled:)`` an explainer of your own.
public struct ExplainerChoice: Sendable {
  private enum Kind: Sendable {
    case listed(name: String, settings: String, layer: String?, ChannelReduction)
    case own(any Explainer, title: String)
  }

  private let kind: Kind

  /// An explainer of the menu.
  ///
  /// - Parameters:
  ///   - name: What commands call it, such as `integrated-gradients`.
  ///   - settings: As commands take them, such as `masks=2000,cells=7`.
  ///   - layer: The layer to explain at; the card's, or else the last spatial one, where it needs one.
  ///   - reduction: How the channels of an attribution at the input become one number.
  public static func named(
    _ name: String, settings: String = "", layer: String? = nil,
    reducedBy reduction: ChannelReduction = .sum
  ) -> ExplainerChoice {
    ExplainerChoice(kind: .listed(name: name, settings: settings, layer: layer, reduction))
  }

  /// An explainer that the menu does not have.
  ///
  /// - Parameters:
  ///   - explainer: The method with its settings.
  ///   - title: What reports call it.
  public static func own(_ explainer: any Explainer, titled title: String) -> ExplainerChoice {
    ExplainerChoice(kind: .own(explainer, title: title))
  }

  /// The explainer for a network, and what reports say of it.
  ///
  /// - Parameters:
  ///   - network: The network that is explained, whose layers and preprocessing it may need.
  ///   - seed: What its random choices follow from.
  /// - Throws: `SettingError` for a name, setting or layer that is none of its own; `NetworkError` where
  ///   the network has no layer for it.
  public func made(for network: Network, seed: Seed = 0) throws -> ChosenExplainer {
    switch kind {
    case .listed(let name, let settings, let layer, let reduction):
      try ChosenExplainer(
        named: name, settings: settings, layer: layer, reduction: reduction, for: network,
        on: network.device, seed: seed)
    case .own(let explainer, let title): ChosenExplainer(explainer, titled: title)
    }
  }
}

extension ExplainerChoice {
  /// Grad-CAM.
  public static let gradCAM = named("grad-cam")
  /// Grad-CAM++.
  public static let gradCAMPlusPlus = named("grad-cam-plus-plus")
  /// HiResCAM.
  public static let hiResCAM = named("hires-cam")
  /// XGrad-CAM.
  public static let xGradCAM = named("xgrad-cam")
  /// LayerCAM.
  public static let layerCAM = named("layer-cam")
  /// Finer-CAM.
  public static let finerCAM = named("finer-cam")
  /// Score-CAM.
  public static let scoreCAM = named("score-cam")
  /// Ablation-CAM.
  public static let ablationCAM = named("ablation-cam")
  /// Eigen-CAM, which knows no classes.
  public static let eigenCAM = named("eigen-cam")
  /// Guided backpropagation.
  public static let guidedBackpropagation = named("guided-backprop")
  /// Deconvolution.
  public static let deconvolution = named("deconvolution")
  /// Guided Grad-CAM.
  public static let guidedGradCAM = named("guided-grad-cam")
  /// Marginal winning probability, by excitation backpropagation.
  public static let mwp = named("mwp")
  /// Contrastive marginal winning probability.
  public static let contrastiveMWP = named("contrastive-mwp")
  /// Layer-wise relevance propagation.
  public static let lrp = named("lrp")
  /// Contrastive layer-wise relevance propagation.
  public static let contrastiveLRP = named("clrp")
  /// Softmax-gradient layer-wise relevance propagation.
  public static let softmaxLRP = named("sglrp")
  /// DeepLIFT.
  public static let deepLIFT = named("deeplift")
  /// DeepLIFT-SHAP.
  public static let deepLIFTSHAP = named("deeplift-shap")
  /// The gradient at the input.
  public static let saliency = named("saliency")
  /// The gradient times the input.
  public static let inputXGradient = named("input-x-gradient")
  /// Integrated Gradients.
  public static let integratedGradients = named("integrated-gradients")
  /// Guided Integrated Gradients.
  public static let guidedIG = named("guided-ig")
  /// Blur Integrated Gradients.
  public static let blurIG = named("blur-ig")
  /// A noise tunnel over the gradient: SmoothGrad.
  public static let noiseTunnel = named("noise-tunnel")
  /// GradientSHAP.
  public static let gradientSHAP = named("gradient-shap")
  /// XRAI.
  public static let xrai = named("xrai")
  /// RISE.
  public static let rise = named("rise")
  /// Occlusion.
  public static let occlusion = named("occlusion")
  /// LIME.
  public static let lime = named("lime")
  /// KernelSHAP.
  public static let kernelSHAP = named("kernel-shap")
  /// Prediction difference analysis.
  public static let pda = named("pda")

  /// Attention rollout, which knows no classes.
  public static let attentionRollout = named("attention-rollout")
  /// Gradient-weighted rollout of attention.
  public static let gradientRollout = named("gradient-rollout")
  /// LeGrad.
  public static let leGrad = named("legrad")
  /// Class-discriminative attention maps.
  public static let cdam = named("cdam")

  /// All that have a name here, in the order of the menu.
  public static let all = [
    gradCAM, gradCAMPlusPlus, hiResCAM, xGradCAM, layerCAM, finerCAM, scoreCAM, ablationCAM,
    eigenCAM,
    guidedBackpropagation, deconvolution, guidedGradCAM, mwp, contrastiveMWP, lrp,
    contrastiveLRP, softmaxLRP, deepLIFT, deepLIFTSHAP, saliency, inputXGradient,
    integratedGradients, guidedIG, blurIG, noiseTunnel, gradientSHAP, xrai, rise, occlusion, lime,
    kernelSHAP, pda, attentionRollout,
    gradientRollout, leGrad, cdam,
  ]
}
