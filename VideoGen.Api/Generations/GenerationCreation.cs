using VideoGen.Api.Authentication;
using VideoGen.Api.Http;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Generations;

/// <summary>
/// Turns a request into a generation: the same checks of its picture, model and webhook, in every dialect of this API.
/// </summary>
internal sealed class GenerationCreation(
    IGrainFactory grains, UploadLibrary uploads, IStorageHeadroom headroom, WebhookUrls webhookUrls)
{
    /// <summary>Submits the request, or rejects it with the earlier errors in <paramref name="errors"/> and its own.</summary>
    public async Task<SubmissionOutcome> SubmitAsync(
        HttpContext context, GenerationSubmission submission, GenerateVideoRequest request, FieldErrors errors)
    {
        var owner = context.Caller().Owner;
        var picture = await RequestPicture.FindAsync(context, grains, uploads, request, errors);
        var shape = errors.Any || request.AspectRatio is null
            ? null
            : await uploads.ShapeAsync(picture!.Image, request.AspectRatio, errors, context.RequestAborted);
        var model = errors.Any ? null : await ChosenModel.CheckAsync(grains, request, errors);
        var webhookUrl = webhookUrls.Of(owner, request.WebhookUrl, errors);
        return errors.Any ? SubmissionOutcome.Rejected(Problem.Invalid(errors))
            : headroom.HasRoom
            ? await submission.SubmitAsync(
                request.ToGenerationRequest(owner, picture!.Image, webhookUrl, shape, model, picture.Character))
            : SubmissionOutcome.Rejected(Problem.StorageFull());
    }

    /// <summary>
    /// Submits the request of a generation again with another seed and, if one is given, another script.
    /// </summary>
    public async Task<SubmissionOutcome> RegenerateAsync(
        HttpContext context, GenerationSubmission submission, GenerationSnapshot original, string? script = null,
        WebhookForm form = WebhookForm.Native)
    {
        if (await submission.FindAsync() is { } earlier)
        {
            return earlier;
        }

        var errors = new FieldErrors();
        await ChosenModel.FindAsync(grains, original.Request.Model, errors);
        return errors.Any ? SubmissionOutcome.Rejected(Problem.Invalid(errors))
            : !headroom.HasRoom ? SubmissionOutcome.Rejected(Problem.StorageFull().Of(original.Id))
            : await uploads.HoldAsync(original.Request.CharacterImage, context.RequestAborted)
            ? await submission.SubmitAsync(original.Request with
            {
                Script = script ?? original.Request.Script,
                Seed = NewSeed(original.Request.Seed),
                RegeneratedFrom = original.Id,
                Shot = null,
                Character = await HeldAsync(original.Request.Character, context.RequestAborted),
                WebhookForm = form,
            })
            : SubmissionOutcome.Rejected(Problem.PictureGone(original.Id));
    }

    /// <summary>The character without the pictures that are gone.</summary>
    private async Task<CastCharacter?> HeldAsync(CastCharacter? character, CancellationToken cancellationToken)
    {
        foreach (var reference in character?.References ?? [])
        {
            if (!await uploads.HoldAsync(reference, cancellationToken))
            {
                character = character! with { References = character.References.Remove(reference) };
            }
        }

        return character;
    }

    /// <summary>Never the same seed again.</summary>
    private static uint NewSeed(uint? before)
    {
        var seed = (uint)Random.Shared.NextInt64(0, 1L + uint.MaxValue);
        return seed == before ? unchecked(seed + 1) : seed;
    }
}
