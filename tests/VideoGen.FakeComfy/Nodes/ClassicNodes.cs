namespace VideoGen.FakeComfy.Nodes;

/// <summary>The node classes that declare their inputs in the older way, which writes a list as a list.</summary>
internal static class ClassicNodes
{
    public const string Samplers = "euler|euler_ancestral|heun|dpmpp_2m|dpmpp_2m_sde|dpmpp_sde|lcm|"
        + "res_multistep|gradient_estimation|uni_pc|uni_pc_bh2";
    public const string Schedulers = "simple|sgm_uniform|karras|exponential|ddim_uniform|beta|normal|linear_quadratic|kl_optimal";

    private const string ClipTypes = "stable_diffusion|sd3|mochi|ltxv|pixart|cosmos|lumina2|wan|hidream|chroma|qwen_image";
    private const string Seed = "INT=0[0..18446744073709551615]";
    private const string Size = "INT=512[0..16384]";
    private const string Sampling = "steps:INT=20[1..10000], cfg:FLOAT=8[0..100]"
        + ", sampler_name:{" + Samplers + "}, scheduler:{" + Schedulers + "}"
        + ", positive:CONDITIONING, negative:CONDITIONING, latent_image:LATENT";

    public static IReadOnlyList<string> Declarations { get; } =
    [
        "LoadImage(image:PICTURE) -> IMAGE, MASK",
        "CLIPTextEncode(text:STRING, clip:CLIP) -> CONDITIONING",
        "CLIPLoader(clip_name:@text_encoders, type:{" + ClipTypes + "}, device?:{default|cpu}) -> CLIP",
        "DualCLIPLoader(clip_name1:@text_encoders, clip_name2:@text_encoders"
            + ", type:{sdxl|sd3|flux|hunyuan_video|hidream|hunyuan_video_15|ltxv}, device?:{default|cpu}) -> CLIP",
        "VAELoader(vae_name:@vae) -> VAE",
        "UNETLoader(unet_name:@diffusion_models, weight_dtype:{default|fp8_e4m3fn|fp8_e4m3fn_fast|fp8_e5m2}) -> MODEL",
        "CheckpointLoaderSimple(ckpt_name:@checkpoints) -> MODEL, CLIP, VAE",
        "ImageOnlyCheckpointLoader(ckpt_name:@checkpoints) -> MODEL, CLIP_VISION, VAE",
        "LoraLoaderModelOnly(model:MODEL, lora_name:@loras, strength_model:FLOAT=1[-100..100]) -> MODEL",
        "CLIPVisionLoader(clip_name:@clip_vision) -> CLIP_VISION",
        "CLIPVisionEncode(clip_vision:CLIP_VISION, image:IMAGE, crop:{center|none}) -> CLIP_VISION_OUTPUT",
        "KSampler(model:MODEL, seed:" + Seed + ", " + Sampling + ", denoise:FLOAT=1[0..1]) -> LATENT",
        "KSamplerAdvanced(model:MODEL, add_noise:{enable|disable}, noise_seed:" + Seed + ", " + Sampling
            + ", start_at_step:INT=0[0..10000], end_at_step:INT=10000[0..10000]"
            + ", return_with_leftover_noise:{disable|enable}) -> LATENT",
        "VAEDecode(samples:LATENT, vae:VAE) -> IMAGE",
        "VAEDecodeTiled(samples:LATENT, vae:VAE, tile_size:INT=512[64..4096], overlap:INT=64[0..4096]"
            + ", temporal_size:INT=64[8..4096], temporal_overlap:INT=8[4..4096]) -> IMAGE",
        "ImageScale(image:IMAGE, upscale_method:{nearest-exact|bilinear|area|bicubic|lanczos}, width:" + Size + ", height:" + Size
            + ", crop:{disabled|center}) -> IMAGE",
        "ImageScaleBy(image:IMAGE, upscale_method:{nearest-exact|bilinear|area|bicubic|lanczos}, scale_by:FLOAT=1[0.01..8])"
            + " -> IMAGE",
        "output PreviewImage(images:IMAGE)",
        "output SaveImage(images:IMAGE, filename_prefix:STRING=ComfyUI)",
        "SVD_img2vid_Conditioning(clip_vision:CLIP_VISION, init_image:IMAGE, vae:VAE, width:INT=1024[16..16384]"
            + ", height:INT=576[16..16384], video_frames:INT=14[1..4096], motion_bucket_id:INT=127[1..1023], fps:INT=6[1..1024]"
            + ", augmentation_level:FLOAT=0[0..10]) -> CONDITIONING, CONDITIONING, LATENT",
        "VideoLinearCFGGuidance(model:MODEL, min_cfg:FLOAT=1[0..100]) -> MODEL",

        // ComfyUI-VideoHelperSuite, a custom node pack.
        "output VHS_VideoCombine(images:IMAGE, frame_rate:FLOAT=8[1..1000], loop_count:INT=0[0..100]"
            + ", filename_prefix:STRING=AnimateDiff, format:{image/gif|image/webp|video/h264-mp4|video/h265-mp4|video/webm}"
            + ", pingpong:BOOLEAN=false, save_output:BOOLEAN=true, audio?:AUDIO, vae?:VAE) -> VHS_FILENAMES",
    ];
}
