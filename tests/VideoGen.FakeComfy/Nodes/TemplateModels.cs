namespace VideoGen.FakeComfy.Nodes;

/// <summary>The model files that the official templates of image-to-video graphs name, by folder.</summary>
internal static class TemplateModels
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Files { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["checkpoints"] =
            [
                "ltx-2-19b-dev.safetensors",
                "ltx-2-19b-dev-fp8.safetensors",
                "ltx-2-19b-distilled.safetensors",
                "ltx-2-19b-distilled-fp8.safetensors",
                "ltx-2.3-22b-dev-fp8.safetensors",
                "ltx-video-2b-v0.9.safetensors",
                "ltx-video-2b-v0.9.5.safetensors",
                "svd.safetensors",
                "svd_xt.safetensors",
                "svd_xt_1_1.safetensors",
            ],
            ["clip_vision"] = ["clip_vision_h.safetensors"],
            ["diffusion_models"] =
            [
                "wan2.1_i2v_480p_14B_fp16.safetensors",
                "wan2.1_i2v_480p_14B_fp8_e4m3fn.safetensors",
                "wan2.1_i2v_720p_14B_fp16.safetensors",
                "wan2.1_flf2v_720p_14B_fp16.safetensors",
                "wan2.2_i2v_high_noise_14B_fp16.safetensors",
                "wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors",
                "wan2.2_i2v_low_noise_14B_fp16.safetensors",
                "wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors",
                "wan2.2_ti2v_5B_fp16.safetensors",
            ],
            ["latent_upscale_models"] =
            [
                "ltx-2-spatial-upscaler-x2-1.0.safetensors",
                "ltx-2.3-spatial-upscaler-x2-1.0.safetensors",
            ],
            ["loras"] =
            [
                "ltx-2-19b-distilled-lora-384.safetensors",
                "wan2.2_i2v_lightx2v_4steps_lora_v1_high_noise.safetensors",
                "wan2.2_i2v_lightx2v_4steps_lora_v1_low_noise.safetensors",
            ],
            ["text_encoders"] =
            [
                "gemma_3_12B_it.safetensors",
                "gemma_3_12B_it_fp4_mixed.safetensors",
                "gemma_3_12B_it_fp8_scaled.safetensors",
                "t5xxl_fp16.safetensors",
                "t5xxl_fp8_e4m3fn.safetensors",
                "t5xxl_fp8_e4m3fn_scaled.safetensors",
                "umt5_xxl_fp16.safetensors",
                "umt5_xxl_fp8_e4m3fn_scaled.safetensors",
            ],
            ["vae"] = ["wan2.2_vae.safetensors", "wan_2.1_vae.safetensors"],
        };
}
