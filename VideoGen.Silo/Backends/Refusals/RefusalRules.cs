using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.Refusals;

/// <summary>
/// Determines what a refusal is about: first by its status and its machine-readable names, then by whether it has the usual shape
/// of provider errors, and last by whole words in its message.
/// </summary>
internal static class RefusalRules
{
    public static RefusalKind KindOf(Exchange.Reply reply, int status)
    {
        if (status is 408 or 425 or >= 500)
        {
            return RefusalKind.Away;
        }

        var signs = ErrorSigns.Read(reply);
        return Array.ConvertAll(signs.Names, ErrorNames.Find).FirstOrDefault(kind => kind is not null) ?? status switch
        {
            401 => RefusalKind.Token,
            402 => RefusalKind.Credit,
            403 => signs.HasShape ? BySentence(signs) ?? RefusalKind.Permission : RefusalKind.Gateway,
            404 or 410 => RefusalKind.Model,
            413 => RefusalKind.TooLarge,
            429 => BySentence(signs) is RefusalKind.Credit ? RefusalKind.Credit : RefusalKind.Rate,
            499 => RefusalKind.Canceled,
            400 or 409 or 411 or 415 or 422 when signs.HasShape => BySentence(signs) ?? RefusalKind.Input,
            400 or 409 or 411 or 415 or 422 => RefusalKind.Unexplained,
            _ => RefusalKind.Other,
        };
    }

    // A message about an invalid input field repeats names and values, so it says nothing about the account.
    private static RefusalKind? BySentence(ErrorSigns signs) =>
        Array.Exists(signs.Names, ErrorNames.IsAboutInput) ? RefusalKind.Input
        : ProviderText.TellOfMissingCredit(signs.Sentence) ? RefusalKind.Credit
        : ProviderText.TellOfUnservedModel(signs.Sentence) ? RefusalKind.Model
        : ProviderText.TellOfRefusedContent(signs.Sentence) ? RefusalKind.Content
        : null;
}
