namespace VideoGen.FakeComfy.Nodes;

/// <summary>The node classes that declare their inputs in the newer way: a list is <c>COMBO</c> with options.</summary>
internal static class NewerNodes
{
    private const string Pair = "positive:CONDITIONING, negative:CONDITIONING";
    private const string PairOut = "CONDITIONING, CONDITIONING, LATENT";
    private const string Seed = "INT=0[0..18446744073709551615]";
    private const string Batch = "batch_size:INT=1[1..4096]";
    private const string WanSize = "width:INT=832[16..16384], height:INT=480[16..16384], length:INT=81[1..16384], " + Batch;
    private const string LtxSize = "width:INT=768[64..16384], height:INT=512[64..16384], length:INT=97[1..16384], " + Batch;
    private const string Samplers = "{" + ClassicNodes.Samplers + "}";

    private static readonly string[] Lines =
    [
        "ModelSamplingSD3(model:MODEL, shift:FLOAT=3[0..100]) -> MODEL",
        "Wan22ImageToVideoLatent(vae:VAE, width:INT=1280[32..16384], height:INT=704[32..16384], length:INT=49[1..16384], "
            + Batch + ", start_image?:IMAGE) -> LATENT",
        $"WanImageToVideo({Pair}, vae:VAE, {WanSize}, clip_vision_output?:CLIP_VISION_OUTPUT, start_image?:IMAGE) -> {PairOut}",
        $"WanFirstLastFrameToVideo({Pair}, vae:VAE, {WanSize}, clip_vision_start_image?:CLIP_VISION_OUTPUT"
            + $", clip_vision_end_image?:CLIP_VISION_OUTPUT, start_image?:IMAGE, end_image?:IMAGE) -> {PairOut}",

        $"EmptyLTXVLatentVideo({LtxSize}) -> LATENT",
        $"LTXVImgToVideo({Pair}, vae:VAE, image:IMAGE, width:INT=768[64..16384], height:INT=512[64..16384]"
            + $", length:INT=97[9..16384], {Batch}, strength:FLOAT=1[0..1]) -> {PairOut}",
        "LTXVImgToVideoInplace(vae:VAE, image:IMAGE, latent:LATENT, strength:FLOAT=1[0..1], bypass:BOOLEAN=false) -> LATENT",
        $"LTXVAddGuide({Pair}, vae:VAE, latent:LATENT, image:IMAGE, frame_idx:INT=0[-9999..9999]"
            + $", strength:FLOAT=1[0..10]) -> {PairOut}",
        $"LTXVCropGuides({Pair}, latent:LATENT) -> {PairOut}",
        $"LTXVConditioning({Pair}, frame_rate:FLOAT=25[0..1000]) -> CONDITIONING, CONDITIONING",
        "LTXVPreprocess(image:IMAGE, img_compression:INT=35[0..100]) -> IMAGE",
        "LTXVScheduler(steps:INT=20[1..10000], max_shift:FLOAT=2.05[0..100], base_shift:FLOAT=0.95[0..100], stretch:BOOLEAN=true"
            + ", terminal:FLOAT=0.1[0..0.99], latent?:LATENT) -> SIGMAS",
        "ModelSamplingLTXV(model:MODEL, max_shift:FLOAT=2.05[0..100], base_shift:FLOAT=0.95[0..100], latent?:LATENT) -> MODEL",
        "LatentUpscaleModelLoader(model_name:@latent_upscale_models) -> LATENT_UPSCALE_MODEL",
        "LTXVLatentUpsampler(samples:LATENT, upscale_model:LATENT_UPSCALE_MODEL, vae:VAE) -> LATENT",
        "LTXAVTextEncoderLoader(text_encoder:@text_encoders, ckpt_name:@checkpoints, device:{default|cpu}) -> CLIP",
        "LTXVAudioVAELoader(ckpt_name:@checkpoints) -> VAE",
        "LTXVAudioVAEEncode(audio:AUDIO, audio_vae:VAE) -> LATENT",
        "LTXVAudioVAEDecode(samples:LATENT, audio_vae:VAE) -> AUDIO",
        "LTXVEmptyLatentAudio(frames_number:INT=97[1..1000], frame_rate:FLOAT/INT=25[1..1000], " + Batch
            + ", audio_vae:VAE) -> LATENT",
        "LTXVConcatAVLatent(video_latent:LATENT, audio_latent:LATENT) -> LATENT",
        "LTXVSeparateAVLatent(av_latent:LATENT) -> LATENT, LATENT",

        $"KSamplerSelect(sampler_name:{Samplers}) -> SAMPLER",
        "BasicScheduler(model:MODEL, scheduler:{" + ClassicNodes.Schedulers + "}, steps:INT=20[1..10000]"
            + ", denoise:FLOAT=1[0..1]) -> SIGMAS",
        "ManualSigmas(sigmas:STRING) -> SIGMAS",
        $"RandomNoise(noise_seed:{Seed}) -> NOISE",
        "BasicGuider(model:MODEL, conditioning:CONDITIONING) -> GUIDER",
        $"CFGGuider(model:MODEL, {Pair}, cfg:FLOAT=8[0..100]) -> GUIDER",
        "SamplerCustomAdvanced(noise:NOISE, guider:GUIDER, sampler:SAMPLER, sigmas:SIGMAS, latent_image:LATENT)"
            + " -> LATENT, LATENT",
        $"SamplerCustom(model:MODEL, add_noise:BOOLEAN=true, noise_seed:{Seed}, cfg:FLOAT=8[0..100], {Pair}"
            + ", sampler:SAMPLER, sigmas:SIGMAS, latent_image:LATENT) -> LATENT, LATENT",

        "PrimitiveInt(value:INT=0) -> INT",
        "PrimitiveFloat(value:FLOAT=0) -> FLOAT",
        "PrimitiveString(value:STRING) -> STRING",
        "PrimitiveStringMultiline(value:STRING) -> STRING",
        "StringConcatenate(string_a:STRING, string_b:STRING, delimiter:STRING) -> STRING",
        "GetImageSize(image:IMAGE) -> INT, INT, INT",
        "ResizeImagesByLongerEdge(images:IMAGE, longer_edge:INT=1024[1..8192]) -> IMAGE",

        "CreateVideo(images:IMAGE, fps:FLOAT=30[1..120], audio?:AUDIO) -> VIDEO",
        "output SaveVideo(video:VIDEO, filename_prefix:STRING=video/ComfyUI, format:+{auto|mp4|mkv|webm}"
            + ", codec?:+{auto|h264|av1}) -> VIDEO",
        "output SaveWEBM(images:IMAGE, filename_prefix:STRING=ComfyUI, codec:{vp9|av1}, fps:FLOAT=24[0.01..1000]"
            + ", crf:FLOAT=32[0..63]) -> IMAGE",

        "partner KlingImage2VideoNode(start_frame:IMAGE, prompt:STRING, negative_prompt:STRING"
            + ", model_name:{kling-v2-master|kling-v2-1|kling-v2-5-turbo}, cfg_scale:FLOAT=0.8[0..1], mode:{std|pro}"
            + ", aspect_ratio:{16:9|9:16|1:1}, duration:{5|10}) -> VIDEO, STRING, STRING",
    ];

    public static IReadOnlyList<string> Declarations { get; } = [.. Lines.Select(line => "newer " + line)];
}
